package standin_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"haven/notifier/standin"
)

const account = "AC00000000000000000000000000000001"

var summer = time.Date(2026, 7, 1, 13, 45, 0, 0, time.UTC)

func start(t *testing.T) (*standin.Server, string) {
	t.Helper()
	s, err := standin.New(standin.Config{AccountSID: account, User: "user", Password: "password", Now: func() time.Time { return summer }})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return s, srv.URL
}

func do(t *testing.T, method, address, user string, form url.Values) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if user != "" {
		req.SetBasicAuth(user, "password")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body), resp.Header
}

func text(edit func(url.Values)) url.Values {
	form := url.Values{"To": {"+447700900982"}, "From": {"+447700900000"}, "Body": {"Hello <b>&"}, "ValidityPeriod": {"60"}}
	if edit != nil {
		edit(form)
	}
	return form
}

const api = "/2010-04-01/Accounts/" + account + "/Messages.json"

func TestWhatTwilioWouldNotTake(t *testing.T) {
	t.Parallel()
	s, base := start(t)
	for name, c := range map[string]struct {
		edit func(url.Values)
		code int
	}{
		"no number":         {func(f url.Values) { f.Del("To") }, 21211},
		"number as typed":   {func(f url.Values) { f.Set("To", "07700 900982") }, 21211},
		"no words":          {func(f url.Values) { f.Del("Body") }, 21602},
		"no sender":         {func(f url.Values) { f.Del("From") }, 21603},
		"too many words":    {func(f url.Values) { f.Set("Body", strings.Repeat("é", 1601)) }, 21617},
		"valid for no time": {func(f url.Values) { f.Set("ValidityPeriod", "0") }, 21628},
		"valid for a word":  {func(f url.Values) { f.Set("ValidityPeriod", "soon") }, 21628},
	} {
		status, body, _ := do(t, "POST", base+api, "user", text(c.edit))
		var e struct{ Code, Status int }
		if err := json.Unmarshal([]byte(body), &e); err != nil || status != 400 || e.Code != c.code || e.Status != 400 {
			t.Errorf("%s: %d %s, %v; want 400 with %d", name, status, body, err, c.code)
		}
	}
	for name, c := range map[string]struct{ user, path string }{
		"nobody": {"", api}, "somebody else": {"other", api}, "another account": {"user", strings.Replace(api, account, "AC2", 1)},
	} {
		for _, method := range []string{"POST", "GET"} {
			if status, body, _ := do(t, method, base+c.path, c.user, text(nil)); status != 401 || !strings.Contains(body, "20003") {
				t.Errorf("%s %s: %d %s, want 401 with 20003", method, name, status, body)
			}
		}
	}
	if n := len(s.Texts()); n != 0 {
		t.Errorf("%d texts were taken, want none", n)
	}
}

func TestWhatWasTakenIsShown(t *testing.T) {
	t.Parallel()
	_, base := start(t)
	if status, body, _ := do(t, "GET", base+"/messages.json", "", nil); status != 200 || strings.TrimSpace(body) != "[]" {
		t.Errorf("before any text: %d %s, want an empty list", status, body)
	}
	if status, body, _ := do(t, "POST", base+api, "user", text(nil)); status != 201 || !strings.Contains(body, `"date_created":"Wed, 01 Jul 2026 13:45:00 +0000"`) {
		t.Fatalf("%d %s", status, body)
	}
	_, body, _ := do(t, "GET", base+"/messages.json", "", nil)
	var texts []standin.Text
	if err := json.Unmarshal([]byte(body), &texts); err != nil || len(texts) != 1 || texts[0].Body != "Hello <b>&" || texts[0].ValidForS != 60 {
		t.Errorf("messages.json: %s, %v", body, err)
	}
	_, body, header := do(t, "GET", base+"/", "", nil)
	for _, want := range []string{"Hello &lt;b&gt;&amp;", "+447700900982", "2:45:00pm, 1 July 2026", "1 text message<"} {
		if !strings.Contains(strings.ReplaceAll(body, "&#43;", "+"), want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
	if got := header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") {
		t.Errorf("Content-Security-Policy: %q", got)
	}
}

func TestListFiltersNewestFirst(t *testing.T) {
	t.Parallel()
	_, base := start(t)
	for _, body := range []string{"one", "two", "three"} {
		do(t, "POST", base+api, "user", text(func(f url.Values) { f.Set("Body", body) }))
	}
	do(t, "POST", base+api, "user", text(func(f url.Values) { f.Set("To", "+447700900001"); f.Set("Body", "other") }))
	for query, want := range map[string]string{
		"":                                 "other three two one",
		"To=%2B447700900982":               "three two one",
		"To=%2B447700900982&PageSize=2":    "three two",
		"DateSent%3E=2026-07-01T13:45:00Z": "other three two one",
		"DateSent%3E=2026-07-01T13:45:01Z": "",
		"DateSent%3E=2026-07-01&To=%2B447700900001": "other",
		"DateSent%3E=2026-07-02":                    "",
	} {
		status, body, _ := do(t, "GET", base+api+"?"+query, "user", nil)
		var page struct{ Messages []struct{ Body string } }
		if err := json.Unmarshal([]byte(body), &page); err != nil || status != 200 {
			t.Fatalf("%q: %d %s, %v", query, status, body, err)
		}
		var got []string
		for _, m := range page.Messages {
			got = append(got, m.Body)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q lists %v, want %s", query, got, want)
		}
	}
	for _, query := range []string{"PageSize=0", "PageSize=x", "DateSent%3E=yesterday"} {
		if status, _, _ := do(t, "GET", base+api+"?"+query, "user", nil); status != 400 {
			t.Errorf("%q: %d, want 400", query, status)
		}
	}
}

func TestFailsAsTold(t *testing.T) {
	t.Parallel()
	s, base := start(t)
	for _, c := range []struct {
		form   url.Values
		status []int // of the texts that follow
		header string
		taken  int
	}{
		{url.Values{"kind": {"busy"}, "times": {"2"}, "retry_after": {"7"}}, []int{429, 429, 201}, "7", 1},
		{url.Values{"kind": {"busy"}}, []int{429, 201}, "", 1},
		{url.Values{"kind": {"error"}}, []int{500, 201}, "", 1},
		{url.Values{"kind": {"error_after"}}, []int{500, 201}, "", 2},
		{url.Values{"kind": {"bad_number"}}, []int{400, 201}, "", 1},
		{url.Values{"kind": {"opted_out"}}, []int{400, 201}, "", 1},
	} {
		before := len(s.Texts())
		if status, body, _ := do(t, "POST", base+"/fail", "", c.form); status != 204 {
			t.Fatalf("/fail %v: %d %s", c.form, status, body)
		}
		for i, want := range c.status {
			status, _, header := do(t, "POST", base+api, "user", text(nil))
			if status != want || i == 0 && header.Get("Retry-After") != c.header {
				t.Errorf("%v, text %d: %d, Retry-After %q; want %d, %q", c.form, i, status, header.Get("Retry-After"), want, c.header)
			}
		}
		if got := len(s.Texts()) - before; got != c.taken {
			t.Errorf("%v: %d texts were taken, want %d", c.form, got, c.taken)
		}
	}
	do(t, "POST", base+"/fail", "", url.Values{"kind": {"error"}, "times": {"9"}})
	do(t, "POST", base+"/fail", "", url.Values{"kind": {"none"}})
	if status, _, _ := do(t, "POST", base+api, "user", text(nil)); status != 201 {
		t.Errorf("after kind=none: %d, want 201", status)
	}
	for _, form := range []url.Values{nil, {"kind": {"explode"}}, {"kind": {"busy"}, "times": {"-1"}}, {"kind": {"busy"}, "retry_after": {"soon"}}} {
		if status, _, _ := do(t, "POST", base+"/fail", "", form); status != 400 {
			t.Errorf("/fail %v: %d, want 400", form, status)
		}
	}
}

func TestKeepsTheLatestThousand(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	for i := range 1003 {
		r := httptest.NewRequest("POST", api, strings.NewReader(text(func(f url.Values) { f.Set("Body", fmt.Sprint(i)) }).Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth("user", "password")
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	texts := s.Texts()
	if len(texts) != 1000 || texts[0].Body != "1002" || texts[999].Body != "3" {
		t.Errorf("%d texts, newest %s, oldest %s; want 1000, 1002, 3", len(texts), texts[0].Body, texts[len(texts)-1].Body)
	}
}

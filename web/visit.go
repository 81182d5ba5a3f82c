package web

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"haven/exchange"
	"haven/schema"
)

// visit is one request of somebody, with who they are.
type visit struct {
	http.ResponseWriter
	*http.Request
	web     *Web
	account exchange.Account // zero when nobody is signed in
	via     exchange.Way
	now     time.Time
}

// largestForm is what a form or an API body may weigh.
const largestForm = 1 << 18

// guard finds out who asks and whether the row allows it, then answers.
func (w *Web) guard(r route) http.Handler {
	return http.HandlerFunc(func(plain http.ResponseWriter, req *http.Request) {
		began, rw := time.Now(), &answered{ResponseWriter: plain}
		defer func() { w.metrics.count(r.pattern, rw.status, began, time.Now()) }()
		v := &visit{ResponseWriter: rw, Request: req, web: w, via: exchange.ViaPage, now: w.now()}
		if strings.HasPrefix(req.URL.Path, "/api/") {
			v.via = exchange.ViaAPI
		}
		req.Body = http.MaxBytesReader(rw, req.Body, largestForm)
		if err := v.allow(r.roles); err != nil {
			w.fail(v, err)
			return
		}
		if err := v.wholeForm(); err != nil {
			w.fail(v, err)
			return
		}
		if err := r.answer(v); err != nil {
			w.fail(v, err)
		}
	})
}

// wholeForm reads the form of a page before anything acts on it: net/http gives what could be read of a form that is too large or spoilt on the
// way, and a fact left out in silence would be taken as not known.
func (v *visit) wholeForm() error {
	if v.via != exchange.ViaPage || v.Method != http.MethodPost {
		return nil
	}
	err := v.ParseForm()
	var large *http.MaxBytesError
	if err == nil || errors.As(err, &large) {
		return err
	}
	return schema.Invalid("body", "What was sent could not be read whole. Go back and send it again")
}

func (v *visit) allow(roles []schema.Role) error {
	account, err := v.identify()
	v.account = account
	if len(roles) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.Contains(roles, account.Role) {
		return schema.Refuse(schema.KindForbidden, "not_your_page", "Your account cannot open this. Ask your administrator if you need to.")
	}
	return nil
}

// identify by cookie on pages, by bearer token on the API.
func (v *visit) identify() (exchange.Account, error) {
	if v.via == exchange.ViaAPI {
		return v.web.signed.bearer(v.Context(), v.Header("Authorization"))
	}
	c, err := v.Cookie(v.web.cookieName())
	if err != nil {
		return exchange.Account{}, errSignIn
	}
	return v.web.signed.account(v.Context(), c.Value)
}

// Header of the request. The embedded response writer has a method of the same name, so it is said here which is meant.
func (v *visit) Header(name string) string { return v.Request.Header.Get(name) }

// actor is who acts, with the key that makes the command safe to send twice.
func (v *visit) actor() exchange.Actor {
	once := v.Header("Idempotency-Key")
	if v.via == exchange.ViaPage {
		once = v.PostFormValue("once")
	}
	return exchange.Actor{By: string(v.account.ID), Organisation: v.account.Organisation, Role: v.account.Role, Via: v.via, Once: once}
}

// redirect after a command, so that a reload repeats nothing.
func (v *visit) redirect(to string) error {
	http.Redirect(v.ResponseWriter, v.Request, to, http.StatusSeeOther)
	return nil
}

// fragment says whether our own script asks for a part of the page rather than all of it.
func (v *visit) fragment() bool { return v.Header("Haven-Part") != "" }

// newOnce is a fresh key for a form.
func newOnce() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

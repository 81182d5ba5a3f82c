package web

import (
	"net/http"
	"net/url"
	"strings"

	"haven/exchange"
	"haven/schema"
)

type signInPage struct {
	Frame
	Email string
	Then  string
}

func showSignIn(v *visit) error {
	if v.account.ID != "" {
		return v.redirect(home(v.account.Role))
	}
	return v.page(http.StatusOK, "sign_in", signInPage{Frame: v.frame("Sign in"), Then: safePath(v.URL.Query().Get("then"))})
}

// signIn answers the same words and takes the same time whether or not there is such an account.
func signIn(v *visit) error {
	email, password, then := v.PostFormValue("email"), v.PostFormValue("password"), safePath(v.PostFormValue("then"))
	again := func(status int, words string) error {
		f := v.frame("Sign in")
		f.Error = schema.Invalid("email", words)
		return v.page(status, "sign_in", signInPage{Frame: f, Email: email, Then: then})
	}
	if !v.web.attempts.allow(email) {
		return again(http.StatusTooManyRequests, "Too many tries. Wait a minute, then try again")
	}
	account, err := v.web.accounts.AccountByEmail(v.Context(), strings.TrimSpace(email))
	if r, refused := schema.AsRefusal(err); err != nil && (!refused || r.Kind != schema.KindNotFound) {
		return err
	}
	ok, err := exchange.PasswordMatches(v.Context(), password, account.PasswordHash)
	if err != nil {
		return err
	}
	if !ok || account.ID == "" || account.Disabled {
		return again(http.StatusUnprocessableEntity, "The e-mail address and password do not match an account. Check both and try again")
	}
	token, err := v.web.signed.start(v.Context(), account.ID)
	if err != nil {
		return err
	}
	v.web.setCookie(v.ResponseWriter, token, sessionFor)
	if then == "" {
		then = home(account.Role)
	}
	return v.redirect(then)
}

func signOut(v *visit) error {
	if c, err := v.Cookie(v.web.cookieName()); err == nil {
		if err := v.web.signed.end(v.Context(), c.Value); err != nil {
			return err
		}
	}
	v.web.setCookie(v.ResponseWriter, "", -1)
	return v.redirect("/sign-in")
}

func goHome(v *visit) error { return v.redirect(home(v.account.Role)) }

// safePath keeps only a path of this site. Browsers drop tabs and newlines from an address before they read it, so that "/", a tab and "/x" is
// another site to them: what url.Parse does not take, control characters among it, leads nowhere.
func safePath(p string) string {
	if _, err := url.Parse(p); err != nil || !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.Contains(p, "\\") {
		return ""
	}
	return p
}

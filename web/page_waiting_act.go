package web

import (
	"slices"

	"haven/exchange"
	"haven/schema"
	"haven/web/live"
)

// keepLooking and stopLooking answer on the page the button was on.
func keepLooking(v *visit) error { return v.wait(true) }
func stopLooking(v *visit) error { return v.wait(false) }

func (v *visit) wait(on bool) error {
	id := schema.RequestID(v.PathValue("id"))
	if _, err := v.web.exchange.Wait(v.Context(), v.actorFor("wait"), id, on); err != nil {
		return err
	}
	if to := safePath(v.PostFormValue("back")); to != "" {
		return v.redirect(to)
	}
	return v.redirect("/requests/" + string(id))
}

// lookOn after the facts on the screen were saved: who finds nothing asks for it with one key, saved or not.
func (v *visit) lookOn(id schema.RequestID) error {
	if _, err := v.web.exchange.Wait(v.Context(), v.actorFor("wait"), id, true); err != nil {
		return err
	}
	return v.redirect("/requests/" + string(id) + "#waits")
}

// watchWaiting says that something was found for a request of the organisation or is gone, or that one waits or does no longer.
func watchWaiting(v *visit) error {
	w := v.watch()
	w.See = func(c exchange.Change) (live.Change, bool) {
		return live.Change{Request: c.ID, Version: c.Version}, c.Topic == exchange.TopicRequest && slices.Contains(c.To, v.account.Organisation)
	}
	return v.web.live.Serve(v.ResponseWriter, v.Request, w)
}

package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"haven/exchange"
	"haven/schema"
)

// clashPage asks before a change that lands on somebody else, or that a newer change has overtaken. Both sides are shown; nothing was done yet.
type clashPage struct {
	Frame
	Heading string
	Lines   []string
	Keep    string // the way that changes nothing
	Go      string // the button that does it all the same
	Warn    bool   // it lands on a household
	Space   schema.SpaceID
	Report  string
	Version int64
	Was     string
}

// reportSpace is one tap. It answers with the card, or asks where the tap would land on a household or on a newer change.
func reportSpace(v *visit) error {
	id := schema.SpaceID(v.PathValue("id"))
	report, err := v.postedReport()
	if err != nil {
		return err
	}
	out, err := v.web.exchange.Report(v.Context(), v.actorFor(string(id), reportValue(report), v.PostFormValue("version")), id, report)
	if refusal, ok := schema.AsRefusal(err); ok && (refusal.Code == "claimed" || refusal.Code == "stale") {
		return v.clash(id, report, refusal)
	}
	if err != nil {
		return err
	}
	back := url.Values{"set": {string(id)}, "v": {strconv.FormatInt(out.Version, 10)}}
	// There is no way back from a household that moved on or was told.
	if report.Claim == "" && v.PostFormValue("undo") == "" {
		back.Set("was", v.PostFormValue("was"))
	}
	return v.redirect("/board?" + back.Encode() + "#space-" + string(id))
}

func (v *visit) clash(id schema.SpaceID, report schema.Report, refusal *schema.Refusal) error {
	views, err := v.web.read.Spaces(v.Context(), v.actor())
	if err != nil {
		return err
	}
	for _, space := range views {
		if space.Space.ID != id {
			continue
		}
		if refusal.Code == "claimed" && v.PostFormValue("undo") != "" {
			back := url.Values{"set": {string(id)}, "v": {strconv.FormatInt(space.ReportVersion, 10)}, "was": {reportValue(report)}}
			return v.redirect("/board?" + back.Encode() + "#space-" + string(id))
		}
		page := clashOf(space, report, refusal, v.now)
		page.Frame, page.Was = v.frame("Check before you change this"), v.PostFormValue("was")
		return v.page(http.StatusConflict, "board_clash", page)
	}
	return refusal
}

func clashOf(space exchange.SpaceView, report schema.Report, refusal *schema.Refusal, now time.Time) clashPage {
	name, to := spaceName(space.Space.Ref), reportWords(report, now)
	page := clashPage{Space: space.Space.ID, Version: space.ReportVersion}
	if refusal.Code == "stale" {
		page.Heading = name + " was changed in the meantime"
		page.Lines = []string{
			"Now: " + cardStatus(space, now) + ", confirmed " + when(space.Vacancy.ConfirmedAt, now) + ".",
			"You set: " + to + ".",
		}
		page.Keep, page.Go = "Keep "+cardStatus(space, now), "Use mine – "+to
		report.Claim = ""
		page.Report = reportValue(report)
		return page
	}
	report.Claim = refusal.Claim
	page.Report, page.Warn = reportValue(report), true
	for _, c := range space.Claims {
		if c.ID != refusal.Claim {
			continue
		}
		if c.Kind == schema.Occupancy {
			page.Heading = "A household lives in " + name
			page.Lines = []string{"They arrived through Haven with request " + c.HoldCode + ".", "Set it to " + to + " only when they have moved on."}
			page.Keep, page.Go = "They still live here – change nothing", "They have moved on – set to "+to
			return page
		}
		page.Heading = "A household is due in " + name
		until := "Request " + c.HoldCode + " is agreed. They are on their way."
		if c.HoldState == schema.Held {
			until = "Request " + c.HoldCode + " holds it until " + when(c.HoldExpiresAt, now) + "."
		}
		page.Lines = []string{until, "If the place is gone, the helpline is told at once, so that it can look for another."}
		page.Keep, page.Go = "Keep it for them – change nothing", "The place is gone – set to "+to
		return page
	}
	page.Heading, page.Lines = "A household is due in "+name, []string{"If the place is gone, the helpline is told at once, so that it can look for another."}
	page.Keep, page.Go = "Change nothing", "Set to "+to
	return page
}

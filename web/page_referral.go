package web

import (
	"net/http"
	"time"

	"haven/exchange"
	"haven/schema"
)

// referralsPage lists what helplines have put to the organisation: what waits for an answer first.
type referralsPage struct {
	Frame
	Waiting []referralRow
	Told    []referralRow // answered yes, the household still decides
	Agreed  []referralRow
}

type referralRow struct {
	ID    schema.HoldID
	Code  string
	Space string
	Size  string
	By    string
}

// referralPage is one request as its service may see it. Answering takes two acts: opening it, and one button.
type referralPage struct {
	Frame
	Hold     exchange.HoldView
	Space    string
	Need     []needLine
	Unsafe   []string
	State    string // how it stands, in words
	Open     bool   // it waits for an answer
	Agreed   bool
	Arrivals []moment
	Reasons  schema.Codes
}

func listReferrals(v *visit) error {
	holds, err := v.web.read.LiveHolds(v.Context(), v.actor())
	if err != nil {
		return err
	}
	page := referralsPage{Frame: v.frame("Requests")}
	for _, h := range holds {
		row := referralRow{h.ID, h.Code, h.CodeName + ", " + spaceName(h.SpaceRef), householdSize(h.Need.Household), when(h.ExpiresAt, v.now)}
		switch {
		case h.State == schema.Agreed:
			row.By = "No time agreed"
			if h.ArriveBy != nil {
				row.By = when(*h.ArriveBy, v.now)
			}
			page.Agreed = append(page.Agreed, row)
		case h.Provided != nil:
			page.Told = append(page.Told, row)
		default:
			page.Waiting = append(page.Waiting, row)
		}
	}
	return v.page(http.StatusOK, "referrals", page)
}

func showReferral(v *visit) error { return v.referral(http.StatusOK, nil) }

// referral shows a request as it is now, with what was wrong with the last act, if anything was.
func (v *visit) referral(status int, wrong *schema.Refusal) error {
	hold, err := v.web.read.Hold(v.Context(), v.actor(), schema.HoldID(v.PathValue("id")))
	if err != nil {
		return err
	}
	if hold.Provider != v.account.Organisation {
		return schema.NotFound("request")
	}
	page := referralOf(hold, v.now)
	page.Frame = v.frame("Request")
	page.Error = wrong
	return v.page(status, "referral", page)
}

func referralOf(h exchange.HoldView, now time.Time) referralPage {
	return referralPage{
		Hold: h, Space: h.CodeName + ", " + spaceName(h.SpaceRef), Need: referralNeed(h), Unsafe: unsafeAreas(h.Need), State: referralState(h, now),
		Open: h.Provided == nil && h.Live(now), Agreed: h.State == schema.Agreed, Arrivals: arrivalMoments(now), Reasons: schema.CannotTake,
	}
}

func referralState(h exchange.HoldView, now time.Time) string {
	switch {
	case h.State == schema.Arrived:
		return "They have arrived."
	case h.State == schema.Agreed && h.ArriveBy != nil:
		return "Agreed. Arriving by " + when(*h.ArriveBy, now) + "."
	case h.State == schema.Agreed:
		return "Agreed. They are on their way."
	case h.State == schema.Ended && h.EndReason != "" && h.Provided != nil && !h.Provided.Yes:
		return "You answered that you cannot take them: " + schema.CannotTake.Words(h.EndReason) + "."
	case h.State == schema.Ended:
		return "This request has ended: " + schema.HoldEnds.Words(h.End) + "."
	case h.Expired(now):
		return "This request has ended: " + schema.HoldEnds.Words("expired") + "."
	case h.Provided != nil:
		return "You can take them. They decide by " + when(h.ExpiresAt, now) + "; the space is kept for them until then."
	}
	return "Answer by " + when(h.ExpiresAt, now) + ". The space is kept for them until then."
}

// answerReferral is one button: yes with when to arrive by, or no with why.
func answerReferral(v *visit) error {
	a := exchange.Answering{Hold: schema.HoldID(v.PathValue("id"))}
	switch v.PostFormValue("answer") {
	case "yes":
		a.Answer = schema.Answer{Yes: true, AreaConfirmed: v.PostFormValue("area_confirmed") != ""}
		if by := v.PostFormValue("arrive_by"); by != "" {
			at, err := time.Parse(time.RFC3339, by)
			if err != nil {
				return v.referral(http.StatusUnprocessableEntity, schema.Invalid("arrive_by", "The arrival time was not understood. Choose it again"))
			}
			a.ArriveBy = &at
		}
	case "no":
		a.Answer = schema.Answer{Reason: v.PostFormValue("reason")}
	default:
		return v.referral(http.StatusUnprocessableEntity, schema.Invalid("answer", "Choose whether you can take them"))
	}
	words := []string{v.PostFormValue("answer"), v.PostFormValue("arrive_by"), v.PostFormValue("reason"), v.PostFormValue("area_confirmed")}
	_, err := v.web.exchange.Answer(v.Context(), v.actorFor(words...), a)
	return v.referralDone(err, "/referrals/"+v.PathValue("id"))
}

// arriveReferral records that the household is there. The card of the space shows it.
func arriveReferral(v *visit) error {
	p, err := v.web.exchange.Arrive(v.Context(), v.actorFor("arrive", v.PathValue("id")), schema.HoldID(v.PathValue("id")))
	return v.referralDone(err, "/board#space-"+string(p.Space))
}

// referralDone leads on, or shows the request as it is by now with the words of the refusal.
func (v *visit) referralDone(err error, to string) error {
	refusal, refused := schema.AsRefusal(err)
	switch {
	case err == nil:
		return v.redirect(to)
	case refused && (refusal.Kind == schema.KindEnded || refusal.Kind == schema.KindInvalid || refusal.Kind == schema.KindTaken):
		return v.referral(statusOf[refusal.Kind], refusal)
	}
	return err
}

package web

// breakdownView is one breakdown as bars and as a table. Only what may be told is drawn: a hidden number has words and no bar.
type breakdownView struct {
	ID, Title, Subtitle string
	Column              string
	Rows                []barView
	Height              int
	Shown               bool // anything is above zero, or hidden
}

type barView struct {
	figureRow
	TextY, BarY, NumberY int
	Width, NumberX       int
}

// The drawing's own units: a line of words, and under it its bar.
const (
	barRow    = 52
	barWords  = 18
	barTop    = 26
	barMost   = 560
	barNumber = 8
	barDigits = 16
)

func breakdownOf(id, title, column, subtitle string, rows []figureRow) breakdownView {
	view := breakdownView{ID: id, Title: title, Column: column, Subtitle: subtitle}
	greatest := 0
	for _, row := range rows {
		if row.Count.Shown() {
			greatest = max(greatest, row.Count.n)
		}
	}
	for _, row := range rows {
		bar := barView{figureRow: row}
		if row.Count.Shown() && row.Count.n == 0 {
			view.Rows = append(view.Rows, bar)
			continue
		}
		view.Shown = true
		bar.TextY, bar.BarY, bar.NumberY = view.Height+barWords, view.Height+barTop, view.Height+barTop+barDigits
		if row.Count.Shown() {
			bar.Width = max(barMost*row.Count.n/greatest, 2)
		}
		bar.NumberX = bar.Width + barNumber
		if bar.Width == 0 {
			bar.NumberX = 0
		}
		view.Height += barRow
		view.Rows = append(view.Rows, bar)
	}
	return view
}

// Drawn rows are those above zero: thirteen reasons of which eleven are none would hide the two that matter. The table has them all.
func (b breakdownView) Drawn() []barView {
	var drawn []barView
	for _, row := range b.Rows {
		if !row.Count.Shown() || row.Count.n > 0 {
			drawn = append(drawn, row)
		}
	}
	return drawn
}

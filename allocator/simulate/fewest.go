package simulate

import (
	"cmp"
	"slices"
)

// fewestFirst lets those look first who could use the fewest places of the whole network, taken or free: an experiment, not what Haven does. It shows
// what is to be won, and who pays for it, where places are so short that each goes at once to somebody.
func fewestFirst(r *run, waiting []int) []int {
	queue := slices.Clone(waiting)
	slices.SortStableFunc(queue, func(a, b int) int { return cmp.Compare(r.w.chances(a), r.w.chances(b)) })
	referred := map[int]bool{}
	for _, h := range queue {
		referred[h] = !r.w.households[h].direct && r.search(h)
	}
	return slices.DeleteFunc(waiting, func(h int) bool { return referred[h] })
}

// chances are how many places of the network no rule rules out for what the household said first.
func (w *World) chances(h int) int {
	who := &w.households[h]
	if n, ok := w.counted[who.number]; ok {
		return n
	}
	list := w.board.Search(who.said, w.Start)
	n := list.Fits.Len() + list.Check.Len()
	w.counted[who.number] = n
	return n
}

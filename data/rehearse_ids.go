package data

import (
	"slices"
	"strings"
)

// TextChange is one text that reads differently. A text that is new has no Old, one
// that is gone has no New.
type TextChange struct {
	Path string `json:"path"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// lastingIDs are the ids that must never vanish, in the order of the content.
func lastingIDs(e *Edition) []string {
	var ids []string
	for i := range e.Quiz.Questions {
		x := &e.Quiz.Questions[i]
		ids = append(ids, x.ID)
		for j := range x.Options {
			ids = append(ids, x.ID+"."+x.Options[j].ID)
		}
	}
	for i := range e.Book.Advice {
		ids = append(ids, e.Book.Advice[i].ID)
	}
	for i := range e.Book.Rules {
		ids = append(ids, e.Book.Rules[i].ID)
	}
	return ids
}

func retiredIDs(e *Edition) []string { return slices.Concat(e.Quiz.Retired, e.Book.Retired) }

// compareIDs tells ids that are new, retired, and gone without a word. A retired
// question takes its options with it. A mark that is taken out again is gone as well.
func (r *Rehearsal) compareIDs(before, now *Edition) {
	was, is, retired := lastingIDs(before), lastingIDs(now), retiredIDs(now)
	r.Alarm.Vanished, r.Added, r.Retired = []string{}, []string{}, []string{}
	for _, id := range slices.Concat(was, retiredIDs(before)) {
		question, _, _ := strings.Cut(id, ".")
		switch {
		case slices.Contains(is, id):
		case slices.Contains(retired, id) || slices.Contains(retired, question):
			if slices.Contains(was, id) {
				r.Retired = append(r.Retired, id)
			}
		case question == id || !slices.Contains(r.Alarm.Vanished, question):
			r.Alarm.Vanished = append(r.Alarm.Vanished, id)
		}
	}
	for _, id := range is {
		if !slices.Contains(was, id) {
			r.Added = append(r.Added, id)
		}
	}
}

// textChanges compares every text a visitor can read, those of the interface too.
func textChanges(before, now *Edition) []TextChange {
	was, is := texts(before), texts(now)
	changes := []TextChange{}
	for path, old := range was {
		if is[path] != old {
			changes = append(changes, TextChange{path, old, is[path]})
		}
	}
	for path, text := range is {
		if _, ok := was[path]; !ok && text != "" {
			changes = append(changes, TextChange{path, "", text})
		}
	}
	slices.SortFunc(changes, func(a, b TextChange) int { return strings.Compare(a.Path, b.Path) })
	return changes
}

// texts are all texts of an edition by their path.
func texts(e *Edition) map[string]string {
	all := map[string]string{}
	keep := func(path string, text *string) { all[path] = *text }
	e.Quiz.EachText(keep)
	e.Book.EachText(keep)
	for key, text := range e.Words {
		all["words."+key] = text
	}
	return all
}

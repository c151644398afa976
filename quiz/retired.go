package quiz

import "strings"

// checkRetired refuses ids that are retired and in use: answers that were given to
// them long ago would come to mean something else.
func (q *Questionnaire) checkRetired(f *Finder) {
	for _, id := range q.Retired {
		question, option, ofOption := strings.Cut(id, ".")
		x := q.Question(question)
		if x != nil && (!ofOption || x.Option(option) != nil) {
			f.Add("retired."+id, "%q is retired and still in use, take it out of its file or give it a new id", id)
		}
	}
}

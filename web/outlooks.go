package web

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"

	"gutskin/views"
)

// view is a question that is due and what lies ahead of it, ready to send.
type view struct {
	page  []byte       // JSON that can stand in a script element
	reply views.Packed // JSON of stepsKept
	whole views.Holed  // the page of the question, but for the id of the attempt
}

// outlooks remember what lies ahead. They tell nothing about a person: the keys say
// which turnings were taken, and the pages are of questions still open.
type outlooks struct {
	mu    sync.Mutex
	known map[string]view
}

// outlooksMost bounds their memory, at about 50 KB each.
const outlooksMost = 500

// outlook is the view from the question that is due. There is none from a question
// answered before, because any later one can be the next, and none for whoever is
// asked a section at a time.
func (s *site) outlook(d *draft, p place, question string) (v view, ok bool, err error) {
	if due := p.walk.Next(); due == nil || due.ID != question || len(p.pending) > 0 || p.whole {
		return view{}, false, nil
	}
	key := s.turnsTaken(d, p, question)
	s.outlooks.mu.Lock()
	v, ok = s.outlooks.known[key]
	s.outlooks.mu.Unlock()
	if ok {
		return v, true, nil
	}
	if v, err = s.newView(d, question); err != nil || s.Dev {
		return v, err == nil, err
	}
	s.outlooks.mu.Lock()
	defer s.outlooks.mu.Unlock()
	if s.outlooks.known == nil || len(s.outlooks.known) >= outlooksMost {
		s.outlooks.known = map[string]view{}
	}
	s.outlooks.known[key] = v
	return v, true, nil
}

func (s *site) newView(d *draft, question string) (v view, err error) {
	near, err := s.lookAhead(d, question, aheadOfPage)
	if err != nil {
		return v, err
	}
	far, err := s.lookAhead(d, question, aheadOfReply)
	if err != nil {
		return v, err
	}
	if v.page, err = lean(near); err != nil {
		return v, err
	}
	// In a script element, "</" could end it and "<!" could hide its end.
	v.page = bytes.ReplaceAll(v.page, []byte("</"), []byte(`<\/`))
	v.page = bytes.ReplaceAll(v.page, []byte("<!"), []byte(`\u003c!`))
	reply, err := lean(stepsKept{To: s.base + address(question), Ahead: &far})
	if err != nil {
		return v, err
	}
	v.reply = views.Pack(reply)
	v.whole, err = s.holedQuestion(d, question, v.page)
	return v, err
}

// holedQuestion is the page of the question that is due, with a hole for the id of the
// attempt. It is the same for all who come to it by the same turns.
func (s *site) holedQuestion(d *draft, question string, ahead []byte) (views.Holed, error) {
	p := s.locate(d)
	hole := strings.Repeat("0", len(d.Attempt)) // no key has a 0
	page := views.NewQuestionPage(views.Page{
		Edition: d.edition, Path: address(question), Languages: s.languages.editions, CrisisHelp: p.crisis,
	}, views.QuestionInput{Walk: p.walk, Question: question, Attempt: hole, Change: changed(p.walk, question), Ahead: ahead})
	var b bytes.Buffer
	if err := s.engine.Render(&b, page.Template(), page); err != nil {
		return views.Holed{}, err
	}
	before, after, _ := bytes.Cut(b.Bytes(), []byte(hole))
	return views.PackAround(before, after, len(hole)), nil
}

// lean writes JSON without turning every < into six letters.
func lean(v any) ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	err := out.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// turnsTaken is all about the answers given so far that what lies ahead depends on.
func (s *site) turnsTaken(d *draft, p place, question string) string {
	var b strings.Builder
	b.WriteString(d.edition.Lang + " " + question)
	for _, v := range p.walk.Steps {
		b.WriteByte(' ')
		if v.Answered {
			b.WriteByte('+')
			b.WriteString(s.forks[v.Question.ID].reading(p.walk.Kept[v.Question.ID]))
		}
	}
	for _, id := range d.Acknowledged {
		b.WriteString(" " + id)
	}
	return b.String()
}

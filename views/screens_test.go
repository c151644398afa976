package views

import (
	"testing"
	"time"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// screens are all pages in all states, by name, over the content that is built in.
func screens(t *testing.T) map[string]screen {
	e := full(t)
	p := Page{Edition: e, Path: "/here"}
	crisis := p
	crisis.CrisisHelp = true
	fresh, _ := walkTo(e, quiz.Answers{}, "")
	reader := func(a quiz.Answers, ack ...string) *recommend.Reader {
		return recommend.NewReader(e.Quiz, e.Book, e.Site.Region, a, ack...)
	}
	urgent := func(options ...string) quiz.Answers {
		return quiz.Answers{"age": quiz.Pick("a18_34"), "urgent": quiz.Pick(options...)}
	}
	emergencies := func(a quiz.Answers) GetHelpPage {
		return NewGetHelpPage(crisis, reader(a), e.Book.Emergencies(e.Quiz, a), "ATTEMPT")
	}
	old := results(e, everyday())
	old = NewResultsPage(p, ResultsInput{
		Report: assess(e, everyday()), Key: "KEY", KeptUntil: taken, TodayEdition: e,
		Today:   []recommend.Notice{{ID: "S09", Level: recommend.Clinician}, {ID: "S28", Level: recommend.Note}},
		NowHeld: []string{old.Top[0].ID[len("tip-"):]},
	})
	saved := p
	saved.Notice = "saved"
	sends, shared, viewer := p, p, p
	sends.CanSend, shared.Notice = true, "shared"
	viewer.ViewOnly, viewer.OpensUntil = true, taken
	framed := p
	framed.Framers = "https://one.example https://two.example"
	list := map[string]screen{
		"start, framed":    NewStartPage(framed, Underway{}),
		"results, asking":  NewResultsPage(p, ResultsInput{Report: assess(e, everyday()), Key: "KEY", KeptUntil: taken, TodayEdition: e, Asks: true}),
		"feedback":         NewFeedbackPage(p, Heard{Yes: 24, Partly: 9, No: 10, Words: []string{"Clear and kind.", "<b>"}}),
		"feedback, none":   NewFeedbackPage(p, Heard{}),
		"finished, framed": NewFinishedPage(framed, "KEY", "ATTEMPT"),
		"blocked, framed":  NewErrorPage(framed, 403, "blocked", 0),
		"start":            NewStartPage(p, Underway{}),
		"start, in crisis": NewStartPage(crisis, Underway{}),
		"start, left":      NewStartPage(p, Underway{Answered: 8, Next: "/quiz/upf"}),
		"resume":           NewResumePage(p, 8),
		"resume, one":      NewResumePage(p, 1),
		"consent":          NewConsentPage(p, ConsentForm{}),
		"consent, missing": NewConsentPage(p, ConsentForm{Count: true, Missing: true}),
		"answers":          NewAnswersPage(p, e.Quiz.Walk(everyday()), "ATTEMPT"),
		"answers, trap":    NewAnswersPage(p, e.Quiz.Walk(everyday()), "ATTEMPT").Again(AnswersTrap),
		"answers, quick":   NewAnswersPage(p, e.Quiz.Walk(everyday()), "ATTEMPT").Again(AnswersQuick),
		"answers, open":    NewAnswersPage(p, fresh, "ATTEMPT"),
		"help first":       emergencies(urgent("swelling_breath", "gut_emergency")),
		"help first, safe": emergencies(urgent("self_harm")),
		"under 18":         NewUnderAgePage(p, reader(quiz.Answers{"age": quiz.Pick("u18"), "urgent": quiz.Pick("none")})),
		"results":          results(e, everyday()),
		"results, saved":   NewResultsPage(saved, ResultsInput{Report: assess(e, everyday()), Key: "KEY", KeptUntil: taken, TodayEdition: e}),
		"results, worried": results(e, worried()),
		"results, crisis":  results(e, inCrisis(), "S05"),
		"results, nothing": results(e, quiz.Answers{}),
		"results, old":     old,
		"sign in":          NewSignInPage(p, SignInForm{}),
		"sign in, wrong":   NewSignInPage(p, SignInForm{Wrong: true}),
		"sign in, wait":    NewSignInPage(p, SignInForm{Wait: 61}),
		"figures":          NewFiguresPage(p, madeUp(t, e)),
		"figures, one":     NewFiguresPage(p, FiguresInput{Pieces: madeUp(t, e).Pieces, Lang: "cy"}),
		"figures, none":    NewFiguresPage(p, FiguresInput{}),
		"figures, empty":   NewFiguresPage(p, FiguresInput{Pieces: madeUp(t, e).Pieces, From: "2031-01"}),
		"figures, wrong":   NewFiguresPage(p, FiguresInput{Pieces: madeUp(t, e).Pieces, From: "<March>", To: "2026-13"}),
		"mine":             NewMinePage(p, []SavedLink{{"KEY1", taken}, {"KEY2", taken}}, PasteForm{}),
		"mine, empty":      NewMinePage(p, nil, PasteForm{Typed: "<nonsense>", Fault: true}),
		"sums":             NewSumsPage(p, ResultsInput{Report: assess(e, everyday()), Key: "KEY", TodayEdition: e}),
		"sums, worried":    NewSumsPage(p, ResultsInput{Report: assess(e, worried()), Key: "KEY", TodayEdition: e}),
		"sums, crisis":     NewSumsPage(p, ResultsInput{Report: assess(e, inCrisis(), "S05"), Key: "KEY", TodayEdition: e}),
		"what-if":          whatIf(t, e, everyday(), nil),
		"what-if, worried": whatIf(t, e, worried(), nil, "unwind"),
		"what-if, tried":   whatIf(t, e, everyday(), quiz.Answers{"sleep_hours": quiz.Num(8), "plants": quiz.Pick("p0_9"), "fermented": quiz.Answer{}}, "unwind"),
		"what-if, unsafe":  whatIf(t, e, everyday(), quiz.Answers{"stress_cope": quiz.Pick("unsafe")}),
		"what-if, missed":  missedWhatIf(e),
		"results, revised": revised(e),
		"delete":           NewDeletePage(p, "KEY"),
		"again":            NewAgainPage(p, AgainInput{Key: "KEY", LastAt: taken, Kept: e.Quiz.Lasting(everyday())}),
		"again, missing":   NewAgainPage(p, AgainInput{Key: "KEY", LastAt: taken, Keep: true, Instead: "A", Underway: Underway{Answered: 1}, Form: ConsentForm{Missing: true}}),
		"data":             NewDataPage(p, DataInput{Key: "KEY", At: []time.Time{taken}, KeptUntil: taken, JSON: 1, CSV: 4097}),
		"data, all":        NewDataPage(p, DataInput{Key: "KEY", At: []time.Time{taken, taken, taken}, Plan: true, Links: 2, KeptUntil: taken}),
		"deleted":          NewDeletedPage(p),
		"save":             NewSavePage(p, SaveInput{Key: "KEY", Link: "https://check.example/r/KEY", KeptUntil: taken, Remembered: true}),
		"save, faults": NewSavePage(sends, SaveInput{
			Key: "KEY", Link: "https://check.example/r/KEY", KeptUntil: taken,
			Share: ShareForm{Label: "<for my dietitian>", TooLong: true, Unpicked: true}, Email: EmailForm{Typed: "a b", Fault: EmailFormat},
		}),
		"save, refused": NewSavePage(sends, SaveInput{Key: "KEY", Link: "https://check.example/r/KEY", KeptUntil: taken, Email: EmailForm{"a@example.org", EmailRefused}}),
		"save, shared": NewSavePage(shared, SaveInput{
			Key: "KEY", Link: "https://check.example/r/KEY", KeptUntil: taken.AddDate(1, 0, 0),
			Open: []ViewLink{{Key: "VIEW1", Link: "https://check.example/r/VIEW1", Label: "for my <dietitian>", Until: taken.AddDate(0, 0, 30)}, {Key: "VIEW2", Link: "https://check.example/r/VIEW2"}},
		}),
		"save, forgotten": NewSavePage(p, SaveInput{Key: "KEY", Link: "https://check.example/r/KEY", KeptUntil: taken}),
		"renew":           NewRenewPage(p, "KEY", "NEW", 0),
		"renew, shared":   NewRenewPage(p, "KEY", "NEW", 2),
		"forgotten":       NewForgottenPage(p, "KEY"),
		"results, shown":  NewResultsPage(viewer, ResultsInput{Report: assess(e, everyday()), Key: "KEY", KeptUntil: taken, TodayEdition: e}),
		"privacy, sends":  NewPrivacyPage(sends, []Cookie{{"draft", "draft", time.Hour}, {"mine", "mine", 365 * 24 * time.Hour}, {"lang", "lang", 24 * time.Hour}}),
		"scoring":         NewScoringPage(p),
		"evidence":        NewEvidencePage(p),
		"article":         NewArticlePage(p),
		"style guide":     NewStyleguidePage(p),
		"privacy":         NewPrivacyPage(p, []Cookie{{"draft", "draft", time.Hour}, {"mine", "mine", 365 * 24 * time.Hour}, {"lang", "lang", 24 * time.Hour}}),
		"help":            NewHelpPage(p),
		"accessibility":   NewAccessibilityPage(p),
	}
	for name, reports := range map[string][]recommend.Report{
		"compare":            visits(e, everyday(), better()),
		"compare, nothing":   visits(e, everyday(), everyday()),
		"compare, three":     visits(e, everyday(), better(), worried()),
		"compare, many":      visits(e, worried(), everyday(), quiz.Answers{}, better()),
		"compare, in crisis": visits(e, everyday(), inCrisis()),
	} {
		list[name] = compared(e, reports, len(reports)-1, len(reports))
		list["results after "+name] = resultsAfter(e, reports)
		list["older before "+name] = older(e, reports)
	}
	list["compare, the same"] = compared(e, visits(e, everyday(), better()), 2, 2)
	list["compare, reworked"] = comparedReworked(e)
	planScreens(t, e, list)
	for i := range e.Book.Advice {
		a := &e.Book.Advice[i]
		list["advice, "+a.Key] = NewAdvicePage(p, a)
	}
	for name, answers := range map[string]quiz.Answers{"everyday": everyday(), "worried": worried()} {
		report := assess(e, answers)
		for _, id := range report.Shown() {
			list["advice, "+id+", "+name] = ownAdvice(t, e, answers, id)
		}
	}
	for _, key := range []string{"not_found", "gone", "damaged", "too_many", "server", "busy", "read_only", "shares", "mail", "mail_limit", "too_large", "bad_request", "lost_draft", "cross_site", "cookies"} {
		list["error, "+key] = NewErrorPage(p, 400, key, 3)
	}
	for _, v := range e.Quiz.Walk(everyday()).Steps {
		list["question, "+v.Question.ID] = ask(e, everyday(), QuestionInput{Question: v.Question.ID})
		list["question, "+v.Question.ID+", missed"] = ask(e, everyday(), QuestionInput{
			Question: v.Question.ID, Sent: Sent{Fault: &quiz.Fault{Question: v.Question.ID, Kind: quiz.NothingGiven}, Miss: 1}, Return: true, Change: "start",
		})
	}
	for i := range e.Quiz.Sections {
		section := e.Quiz.Sections[i].ID
		in := SectionInput{Walk: e.Quiz.Walk(everyday()), Section: section, Attempt: "ATTEMPT"}
		list["section, "+section] = NewSectionPage(p, in)
		in.Open, in.Change, in.Sent = true, "start", map[string]Sent{}
		for _, v := range in.Walk.Steps {
			if v.Question.Section == section {
				in.Sent[v.Question.ID] = Sent{Fault: &quiz.Fault{Question: v.Question.ID, Kind: quiz.NothingGiven}, Miss: 2}
			}
		}
		list["section, "+section+", missed"] = NewSectionPage(p, in)
	}
	list["question, skippable"] = ask(e, worried(), QuestionInput{Question: "plants"})
	return list
}

// walkTo replays answers up to a question.
func walkTo(e *data.Edition, a quiz.Answers, question string) (quiz.Walk, int) {
	w := e.Quiz.Walk(a)
	return w, w.Find(question)
}

func ask(e *data.Edition, a quiz.Answers, in QuestionInput) QuestionPage {
	in.Walk, in.Attempt = e.Quiz.Walk(a), "ATTEMPT"
	return NewQuestionPage(Page{Edition: e, Path: slug(in.Question)}, in)
}

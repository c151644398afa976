package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// routes is the site map: every address the application answers.
func (s *site) routes(app *fiber.App) error {
	posts, misses := newLimit(s.Limit, time.Minute, s.Now), newLimit(s.Limit, time.Minute, s.Now)
	app.Use(s.record, s.bounded(), s.pages, s.guard, compressed, s.pages, refuseCrossSite(s.cross), posts.posts, s.chooseLanguage)

	if err := s.contentPages(app, []contentPage{
		{path: "/", make: startMaker(views.Underway{}), own: s.welcomeBack},
		{path: "/how-scoring-works", make: func(p views.Page) screen { return views.NewScoringPage(p) }},
		{path: "/evidence", make: func(p views.Page) screen { return views.NewEvidencePage(p) }},
		{path: "/article", make: func(p views.Page) screen { return views.NewArticlePage(p) }},
		{path: "/privacy", make: func(p views.Page) screen { return views.NewPrivacyPage(p) }},
		{path: "/accessibility", make: func(p views.Page) screen { return views.NewAccessibilityPage(p) }},
		{path: "/help", make: func(p views.Page) screen { return views.NewHelpPage(p) }},
	}); err != nil {
		return err
	}
	app.Get("/advice/:advice", s.showAdvice)
	if s.Dev {
		app.Get("/styleguide", s.showStyleguide)
	}

	app.Get("/quiz", s.showResume)
	app.Get("/quiz/consent", s.showConsent)
	app.Post("/quiz/consent", s.saveConsent)
	app.Post("/quiz/restart", s.restart)
	app.Get("/quiz/get-help", s.showGetHelp)
	app.Post("/quiz/get-help", s.saveGetHelp)
	app.Get("/quiz/under-18", s.showUnderAge)
	app.Get("/quiz/answers", s.showAnswers)
	app.Post("/quiz/finish", deadline, s.finish)
	app.Post("/quiz/steps", s.saveSteps)
	app.Get("/quiz/section/:section", s.showSection)
	app.Post("/quiz/section/:section", s.saveSection)
	app.Get("/quiz/:question", s.showQuestion)
	app.Post("/quiz/:question", s.saveQuestion)

	app.Use("/r/:key", s.askFirst)
	app.Get("/r/:key", misses.misses, deadline, s.showResults)
	app.Get("/r/:key/advice/:advice", misses.misses, deadline, s.showOwnAdvice)
	app.Get("/r/:key/sums", misses.misses, deadline, s.showSums)
	app.Get("/r/:key/what-if", misses.misses, deadline, s.showWhatIf)
	app.Post("/r/:key/what-if", misses.misses, deadline, s.tryWhatIf)
	app.Get("/r/:key/report/:n", misses.misses, deadline, s.showResults)
	app.Get("/r/:key/report/:n/advice/:advice", misses.misses, deadline, s.showOwnAdvice)
	app.Get("/r/:key/report/:n/sums", misses.misses, deadline, s.showSums)
	app.Get("/r/:key/again", misses.misses, deadline, s.showAgain)
	app.Post("/r/:key/again", misses.misses, deadline, s.startAgain)
	app.Get("/r/:key/compare", misses.misses, deadline, s.showCompare)
	app.Get("/r/:key/data", misses.misses, deadline, s.showData)
	app.Get("/r/:key/data.json", misses.misses, deadline, s.sendJSON)
	app.Get("/r/:key/data.csv", misses.misses, deadline, s.sendCSV)
	app.Get("/r/:key/plan", misses.misses, deadline, s.showPlan)
	app.Post("/r/:key/plan", misses.misses, deadline, s.savePlan)
	app.Get("/r/:key/plan/choose", misses.misses, deadline, s.showIdeas)
	app.Post("/r/:key/plan/choose", misses.misses, deadline, s.chooseIdeas)
	app.Post("/r/:key/plan/ticks", misses.misses, deadline, s.saveTicks)
	app.Get("/r/:key/plan/remove", misses.misses, deadline, s.showRemovePlan)
	app.Post("/r/:key/plan/remove", misses.misses, deadline, s.removePlan)
	app.Get("/r/:key/plan.ics", misses.misses, deadline, s.showCalendar)
	app.Get("/r/:key/check-in", misses.misses, deadline, s.showCheckIn)
	app.Post("/r/:key/check-in", misses.misses, deadline, s.saveCheckIn)
	app.Get("/r/:key/check-in/result", misses.misses, deadline, s.showCheckedIn)
	app.Get("/r/:key/save", misses.misses, deadline, s.showSave)
	app.Post("/r/:key/email", misses.misses, deadline, s.sendLink)
	app.Post("/r/:key/share", misses.misses, deadline, s.share)
	app.Post("/r/:key/unshare", misses.misses, deadline, s.unshare)
	app.Get("/r/:key/renew", misses.misses, deadline, s.showRenew)
	app.Post("/r/:key/renew", misses.misses, deadline, s.renew)
	app.Get("/r/:key/delete", misses.misses, deadline, s.showDelete)
	app.Post("/r/:key/delete", misses.misses, deadline, s.deleteResults)

	app.Get("/mine", s.showMine)
	app.Post("/mine", s.openLink)
	app.Post("/mine/forget", s.forget)
	app.Post("/mine/reopen", s.reopen)

	app.Get("/static/:name", s.showAsset)
	app.Get("/robots.txt", showRobots)
	app.Get(alivePath, showAlive)
	app.Get("/readyz", deadline, s.showReady)
	return nil
}

package web

import (
	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// routes is the site map: every address the application answers.
func (s *site) routes(app *fiber.App) error {
	posts, misses := newLimit(s.Limit, s.Now), newLimit(s.Limit, s.Now)
	app.Use(s.record, s.bounded(), s.pages, s.guard, compressed, s.pages, refuseCrossSite(s.cross), posts.posts, s.chooseLanguage)

	if err := s.contentPages(app, []contentPage{
		{path: "/", make: startMaker(views.Underway{}), own: s.welcomeBack},
		{path: "/how-scoring-works", make: func(p views.Page) screen { return views.NewScoringPage(p) }},
		{path: "/privacy", make: func(p views.Page) screen { return views.NewPrivacyPage(p) }},
		{path: "/accessibility", make: func(p views.Page) screen { return views.NewAccessibilityPage(p) }},
		{path: "/help", make: func(p views.Page) screen { return views.NewHelpPage(p) }},
	}); err != nil {
		return err
	}
	app.Get("/advice/:advice", s.showAdvice)

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

	app.Get("/r/:key", misses.misses, deadline, s.showResults)
	app.Get("/r/:key/advice/:advice", misses.misses, deadline, s.showOwnAdvice)
	app.Get("/r/:key/save", misses.misses, deadline, s.showSave)
	app.Get("/r/:key/delete", misses.misses, deadline, s.showDelete)
	app.Post("/r/:key/delete", misses.misses, deadline, s.deleteResults)

	app.Get("/mine", s.showMine)
	app.Post("/mine", s.openLink)
	app.Post("/mine/forget", s.forget)

	app.Get("/static/:name", s.showAsset)
	app.Get("/robots.txt", showRobots)
	app.Get(alivePath, showAlive)
	app.Get("/readyz", deadline, s.showReady)
	return nil
}

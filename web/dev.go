package web

import (
	"errors"
	"html/template"
	"net/http"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gutskin/data"
)

// NewDev makes an application for whoever edits the content. It asks load before every
// page: another library than before is served from then on, and what is wrong with the
// content is shown as a page, until it is mended. o.Library is not used.
func NewDev(o Options, load func() (*data.Library, error)) *fiber.App {
	r := &reloading{options: o, load: load}
	app := fiber.New(fiber.Config{
		Immutable:             true,
		BodyLimit:             bodyLimit,
		ReadBufferSize:        headerLimit,
		ReadTimeout:           readTimeout,
		WriteTimeout:          writeTimeout,
		IdleTimeout:           idleTimeout,
		DisableStartupMessage: true,
	})
	app.Use(r.serve)
	return app
}

// reloading hands requests to an application made with today's content.
type reloading struct {
	options Options
	load    func() (*data.Library, error)
	mu      sync.Mutex // guards what follows, and load
	library *data.Library
	handler fasthttp.RequestHandler
}

func (r *reloading) serve(c *fiber.Ctx) error {
	handler, err := r.current()
	if err != nil {
		return showProblems(c, err)
	}
	handler(c.Context())
	return nil
}

func (r *reloading) current() (fasthttp.RequestHandler, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	library, err := r.load()
	if err != nil {
		return nil, err
	}
	if library == r.library {
		return r.handler, nil
	}
	o := r.options
	o.Library = library
	app, err := New(o)
	if err != nil {
		return nil, err
	}
	r.library, r.handler = library, app.Handler()
	return r.handler, nil
}

// problemsPage looks again every 2 seconds, so that it goes once the content is mended.
var problemsPage = template.Must(template.New("problems").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="2">
<title>The content has problems</title>
</head>
<body>
<h1>The content has problems: {{len .}}</h1>
<p>Mend them and save. This page looks again every 2 seconds.</p>
<ol>
{{range .}}<li><code>{{if .File}}{{.File}}:{{.Line}}:{{.Column}}:{{end}}</code> {{.Text}}</li>
{{end}}</ol>
</body>
</html>
`))

// showProblems is seen by developers only.
func showProblems(c *fiber.Ctx, err error) error {
	var problems data.Problems
	if !errors.As(err, &problems) {
		problems = data.Problems{{Text: err.Error()}}
	}
	c.Status(http.StatusInternalServerError).Type("html", "utf-8")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'")
	return problemsPage.Execute(c, problems)
}

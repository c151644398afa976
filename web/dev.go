package web

import (
	"errors"
	"html/template"
	"net/http"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gutskin/data"
)

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
func showProblems(ctx *fasthttp.RequestCtx, err error) {
	var problems data.Problems
	if !errors.As(err, &problems) {
		problems = data.Problems{{Text: err.Error()}}
	}
	ctx.SetStatusCode(http.StatusInternalServerError)
	ctx.SetContentType(fiber.MIMETextHTMLCharsetUTF8)
	h := &ctx.Response.Header
	h.Set(fiber.HeaderCacheControl, "no-store")
	h.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'")
	if problemsPage.Execute(ctx, problems) != nil {
		ctx.ResetBody() // half a page says less than none
	}
}

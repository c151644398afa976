package views
import ("testing";"os";"strings";"regexp")
func TestTmpDump(t *testing.T){
 re:=regexp.MustCompile(`/static/([a-z]+)\.[0-9a-f]+\.`)
 os.MkdirAll("/tmp/shots",0o755)
 for _,a:=range []string{"app.css","app.js","favicon.svg"}{ b,_:=os.ReadFile("static/"+a); os.WriteFile("/tmp/shots/"+a,b,0o644)}
 for n,p:=range screens(t){ h:=re.ReplaceAllString(render(t,p),"$1."); n=strings.NewReplacer(" ","-",",","").Replace(n); os.WriteFile("/tmp/shots/"+n+".html",[]byte(h),0o644)}
}

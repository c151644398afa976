package data
import ("testing";"strings";"time"
"github.com/goccy/go-yaml/lexer"
"github.com/goccy/go-yaml/parser"
"github.com/goccy/go-yaml"
"os"
)
func TestProbe(t *testing.T){
 n:=1<<20
 for _,s:=range []string{"[","{a: ","- ","? ","a: ","\"","'", "a", "\n", "#", "|\n", "- a\n", "\t", " ", "!!a ", "&a ", "*a ", "%", "---\n", "é", ": ", ",", "]", "a:\n a", "\\", "\r", "- |\n"}{
  for _, m := range []int{n/16, n/4} {
  t0:=time.Now()
  toks:=lexer.Tokenize(strings.Repeat(s,m/len(s)))
  t.Logf("%q %d %v %d",s,m,time.Since(t0),len(toks))
  if time.Since(t0) > time.Second { break }
  }
 }
 for _, f := range []string{"sources.yaml","topics/start.yaml","advice/eating.yaml"} {
  b,_:=os.ReadFile(f)
  t0:=time.Now(); toks:=lexer.Tokenize(string(b)); t1:=time.Now(); parser.ParseBytes(b,0); t2:=time.Now()
  var v any; yaml.Unmarshal(b,&v); t3:=time.Now()
  t.Log(f,len(b),len(toks),t1.Sub(t0),t2.Sub(t1),t3.Sub(t2))
 }
 t0:=time.Now(); _,err:=Load(Files); t.Log("load",time.Since(t0),err)
}

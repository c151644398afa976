package data_test
import ("testing";"fmt";"regexp";"gutskin/quiz")
func TestZZ(t *testing.T){
 e:=edition(t); c:=newCrowd(9); _=quiz.Overall
 seen:=map[string]int{}; ex:=map[string]string{}
 re:=regexp.MustCompile(`…(.*\n?.*)…`)
 for range 2500 { v:=c.visitor(); r:=v.assess(e)
  var mine []taboo
  for _,x:=range taboos { if x.is(v){mine=append(mine,x)}}
  for _,p:=range reads(e,v,r){ for _,x:=range mine { if w:=x.found(p); w!="" { 
    k:=x.name+" "+p.from+" "+re.FindString(w); if seen[k]==0{ex[k]=w}; seen[k]++ } } } }
 for k,n:=range seen { fmt.Println(n, ex[k]); fmt.Println("--") }
}

package recommend

// retired refuses ids that are retired and in use: they would come to mean something
// else in reports that name them.
func (f *finder) retired() {
	for _, id := range f.b.Retired {
		if f.b.AdviceByID(id) != nil || f.b.RuleByID(id) != nil {
			f.Add("retired."+id, "%q is retired and still in use, take it out of its file or give it a new id", id)
		}
	}
}

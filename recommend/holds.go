package recommend

// Holds lists the advice that an effect keeps back by name, with hold sets spelled
// out, in the order of the book. The book must have been made ready by For.
func (b *Book) Holds(e *Effect) []string {
	var ids []string
	for i, held := range e.holds {
		if held {
			ids = append(ids, b.Advice[i].ID)
		}
	}
	return ids
}

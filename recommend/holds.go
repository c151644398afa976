package recommend

// Holds lists the advice that this effect keeps back by name, with hold sets spelled
// out, in the order of their ids.
func (e *Effect) Holds() []string { return e.held }

package recommend

// block cuts short lists out of long ones. A report has many lists of one or two: for
// all of them 3 allocations instead of 40.
type block[T any] struct{ free []T }

const blockSize = 32

// copy returns a list of its own, never nil.
func (b *block[T]) copy(list []T) []T {
	if len(list) > len(b.free) || b.free == nil {
		b.free = make([]T, max(len(list), blockSize))
	}
	cut := b.free[:len(list):len(list)]
	b.free = b.free[len(list):]
	copy(cut, list)
	return cut
}

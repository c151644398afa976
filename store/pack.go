package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/klauspost/compress/flate" // a third of the time of the one in the standard library
)

const (
	packFormat = 1
	packBlock  = 256     // packed reports are multiples of this, so that length tells little
	maxPayload = 1 << 20 // bytes of one report
	maxName    = 255     // bytes of an attempt id or an edition
)

// packer turns a report into the bytes that are sealed, and back:
//
//	format · time in microseconds · attempt · length of the payload · compressed payload · zeros
//
// It reuses its compressors, which are large.
type packer struct{ deflaters, inflaters sync.Pool }

func newPacker() *packer {
	return &packer{
		deflaters: sync.Pool{New: func() any {
			w, _ := flate.NewWriter(nil, flate.BestSpeed) // fails for unknown levels only
			return w
		}},
		inflaters: sync.Pool{New: func() any { return flate.NewReader(nil) }},
	}
}

func (s Saved) check() error {
	switch {
	case s.Attempt == "" || len(s.Attempt) > maxName:
		return fmt.Errorf("an attempt id of %d bytes cannot be kept; give 1 to %d", len(s.Attempt), maxName)
	case s.Edition == "" || len(s.Edition) > maxName:
		return fmt.Errorf("an edition of %d bytes cannot be kept; give 1 to %d", len(s.Edition), maxName)
	case len(s.Payload) > maxPayload:
		return fmt.Errorf("a report of %d bytes cannot be kept; give at most %d", len(s.Payload), maxPayload)
	}
	return nil
}

func (p *packer) pack(s Saved) ([]byte, error) {
	plain := make([]byte, 0, 4*packBlock)
	plain = append(plain, packFormat)
	plain = binary.BigEndian.AppendUint64(plain, uint64(s.TakenAt.UnixMicro()))
	plain = append(plain, byte(len(s.Attempt)))
	plain = append(plain, s.Attempt...)
	plain = binary.BigEndian.AppendUint32(plain, uint32(len(s.Payload)))

	out := bytes.NewBuffer(plain)
	w := p.deflaters.Get().(*flate.Writer)
	defer p.deflaters.Put(w)
	w.Reset(out)
	if _, err := w.Write(s.Payload); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if over := out.Len() % packBlock; over > 0 {
		out.Write(make([]byte, packBlock-over))
	}
	return out.Bytes(), nil
}

// unpack answers ErrDamaged for anything that pack does not make.
func (p *packer) unpack(plain []byte) (Saved, error) {
	const fixed = 1 + 8 + 1 // format, time, length of the attempt
	if len(plain) < fixed || len(plain)%packBlock != 0 || plain[0] != packFormat {
		return Saved{}, ErrDamaged
	}
	micros := int64(binary.BigEndian.Uint64(plain[1:]))
	n, rest := int(plain[fixed-1]), plain[fixed:]
	if len(rest) < n+4 {
		return Saved{}, ErrDamaged
	}
	attempt, rest := rest[:n], rest[n:]
	size := binary.BigEndian.Uint32(rest)
	if size > maxPayload {
		return Saved{}, ErrDamaged
	}
	payload := make([]byte, size)
	if err := p.inflate(payload, rest[4:]); err != nil {
		return Saved{}, err
	}
	return Saved{Attempt: string(attempt), TakenAt: time.UnixMicro(micros).UTC(), Payload: payload}, nil
}

// inflate fills payload, which must be all there is.
func (p *packer) inflate(payload, compressed []byte) error {
	r := p.inflaters.Get().(io.ReadCloser)
	defer p.inflaters.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(compressed), nil); err != nil {
		return err
	}
	if _, err := io.ReadFull(r, payload); err != nil {
		return ErrDamaged
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		return ErrDamaged
	}
	return nil
}

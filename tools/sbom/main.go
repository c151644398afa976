// Command sbom tells what a Go binary is made of. The compiler writes the modules into
// the binary, so this is what is in it, not what a file asked for. It writes a bill of
// materials (CycloneDX as JSON), and the licences, which must go along with the binary.
package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

func main() {
	version := flag.String("version", "", "version of the binary")
	sbom := flag.String("sbom", "", "file for the bill of materials")
	notices := flag.String("notices", "", "file for the licences")
	flag.Parse()
	if err := run(flag.Arg(0), *version, *sbom, *notices); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func run(binary, version, sbom, notices string) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	sum, err := sha256Of(binary)
	if err != nil {
		return err
	}
	bill, err := bill(info, version, sum)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := cdx.NewBOMEncoder(&out, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bill, cdx.SpecVersion1_6); err != nil {
		return err
	}
	texts, err := licences(info)
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(sbom, out.Bytes(), 0o644), os.WriteFile(notices, texts, 0o644))
}

func sha256Of(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return sum.Sum(nil), err
}

// bill lists the standard library and every module. It holds no time and no chance:
// its serial number is made from the binary.
func bill(info *buildinfo.BuildInfo, version string, sum []byte) (*cdx.BOM, error) {
	self := cdx.Component{
		Type: cdx.ComponentTypeApplication, Name: info.Main.Path, Version: version,
		Hashes: &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum)}},
	}
	refer(&self)
	std := cdx.Component{Type: cdx.ComponentTypeLibrary, Name: "stdlib", Version: strings.TrimPrefix(info.GoVersion, "go")}
	refer(&std)
	parts := []cdx.Component{std}
	for _, m := range info.Deps {
		m = used(m)
		part := cdx.Component{Type: cdx.ComponentTypeLibrary, Name: m.Path, Version: m.Version}
		if code, ok := strings.CutPrefix(m.Sum, "h1:"); ok {
			h1, err := base64.StdEncoding.DecodeString(code)
			if err != nil {
				return nil, fmt.Errorf("the checksum of %s: %w", m.Path, err)
			}
			part.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(h1)}}
		}
		refer(&part)
		parts = append(parts, part)
	}
	needs := make([]string, len(parts))
	for i, p := range parts {
		needs[i] = p.BOMRef
	}
	out := cdx.NewBOM()
	out.SerialNumber = uuid(sum)
	out.Metadata = &cdx.Metadata{Component: &self}
	out.Components = &parts
	out.Dependencies = &[]cdx.Dependency{{Ref: self.BOMRef, Dependencies: &needs}}
	return out, nil
}

// used is the module that was built in: the one named, or what took its place.
func used(m *debug.Module) *debug.Module {
	if m.Replace != nil {
		return m.Replace
	}
	return m
}

func refer(c *cdx.Component) {
	c.PackageURL = fmt.Sprintf("pkg:golang/%s@%s", c.Name, c.Version)
	c.BOMRef = c.PackageURL
}

// uuid is a name-based one, of version 8, from the first bytes of a checksum.
func uuid(sum []byte) string {
	b := bytes.Clone(sum[:16])
	b[6] = b[6]&0x0f | 0x80
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

var isLicence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|authors)([-.].*)?$`)

// licences joins the licence files of the standard library and of every module.
func licences(info *buildinfo.BuildInfo) ([]byte, error) {
	var out bytes.Buffer
	fmt.Fprintln(&out, "gutskin contains the work of others, under the licences below.")
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("ask for the folder of Go: %w", err)
	}
	if err := quote(&out, "The Go standard library "+info.GoVersion, strings.TrimSpace(string(root))); err != nil {
		return nil, err
	}
	for _, m := range info.Deps {
		m = used(m)
		dir, err := folder(m)
		if err == nil {
			err = quote(&out, m.Path+" "+m.Version, dir)
		}
		if err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// folder is where the source of a module lies on this machine.
func folder(m *debug.Module) (string, error) {
	out, err := exec.Command("go", "mod", "download", "-json", m.Path+"@"+m.Version).Output()
	if err != nil {
		return "", fmt.Errorf("look for the source of %s: %w", m.Path, err)
	}
	var found struct{ Dir string }
	err = json.Unmarshal(out, &found)
	return found.Dir, err
}

// quote adds the licence files of a folder. Without any, nothing may be given away.
func quote(out *bytes.Buffer, what, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	found := false
	for _, e := range entries {
		if e.IsDir() || !isLicence.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n%s\n%s: %s\n\n%s\n", strings.Repeat("=", 72), what, e.Name(), bytes.TrimSpace(text))
		found = true
	}
	if !found {
		return fmt.Errorf("%s has no licence file: look into it before it is given away", what)
	}
	return nil
}

package pgtest

import (
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// unprivileged runs a program as somebody who is not root, and ends it when the tests
// die without saying so.
func unprivileged() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if uid, gid, ok := servant(); ok {
		attr.Credential = &syscall.Credential{Uid: uid, Gid: gid}
	}
	return attr
}

// giveAway hands a folder to whom the programs run as.
func giveAway(dir string) error {
	if uid, gid, ok := servant(); ok {
		return os.Chown(dir, int(uid), int(gid))
	}
	return nil
}

// servant is the user that root runs PostgreSQL as. There is none when root is not who
// runs the tests.
func servant() (uid, gid uint32, ok bool) {
	if os.Getuid() != 0 {
		return 0, 0, false
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		id, errUser := strconv.ParseUint(u.Uid, 10, 32)
		group, errGroup := strconv.ParseUint(u.Gid, 10, 32)
		if errUser == nil && errGroup == nil {
			return uint32(id), uint32(group), true
		}
	}
	return 0, 0, false
}

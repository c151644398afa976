package main

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/valyala/fasthttp"
)

// conn is one connection that is kept open, as a browser's. It writes requests that
// are ready and reads responses into the same buffers: the load shares the machine
// with the server, so it has to be cheap.
type conn struct {
	net.Conn
	in   *bufio.Reader
	res  fasthttp.Response
	seen func(*fasthttp.Response) error // looks at every response; nil: nobody does
}

// requestLimit is how long one request may take before it counts as an error.
const requestLimit = 30 * time.Second

func dial(addr string) (*conn, error) { return dialFrom(addr, "") }

// dialFrom connects from an address of this machine, as somebody who lives there.
func dialFrom(addr, from string) (*conn, error) {
	var d net.Dialer
	if from != "" {
		d.LocalAddr = &net.TCPAddr{IP: net.ParseIP(from)}
	}
	c, err := d.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, in: bufio.NewReaderSize(c, 32<<10)}, nil
}

// do sends a request and reads its response, which is good until the next one.
func (c *conn) do(request string) (*fasthttp.Response, error) {
	if err := c.SetDeadline(time.Now().Add(requestLimit)); err != nil {
		return nil, err
	}
	if _, err := c.Write([]byte(request)); err != nil {
		return nil, err
	}
	if err := c.res.Read(c.in); err != nil {
		return nil, err
	}
	if c.seen != nil {
		if err := c.seen(&c.res); err != nil {
			return nil, err
		}
	}
	return &c.res, nil
}

// want is do for a response of which the status is known.
func (c *conn) want(status int, request string) (*fasthttp.Response, error) {
	res, err := c.do(request)
	if err == nil && res.StatusCode() != status {
		err = fmt.Errorf("got status %d, want %d", res.StatusCode(), status)
	}
	return res, err
}

// The headers of a browser, as far as they make a difference.
const headers = " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: load\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9\r\n"

func get(path, cookies string) string {
	return "GET " + path + headers + cookieLine(cookies) + "\r\n"
}

func post(path, cookies, kind, body string) string {
	return "POST " + path + headers + cookieLine(cookies) + "Sec-Fetch-Site: same-origin\r\nContent-Type: " + kind +
		"\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
}

func postForm(path, cookies, form string) string {
	return post(path, cookies, "application/x-www-form-urlencoded", form)
}

func cookieLine(cookies string) string {
	if cookies == "" {
		return ""
	}
	return "Cookie: " + cookies + "\r\n"
}

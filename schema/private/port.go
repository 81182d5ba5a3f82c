package private

import "net"

// FreePort returns a loopback port that nothing listens on now. Another process may take it before the server does: a caller that needs
// certainty uses a socket in a Dir.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

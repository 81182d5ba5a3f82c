package gazetteer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
)

const (
	// maxRecordBytes bounds one record, so that a quote nobody closed cannot pull a gigabyte into memory.
	maxRecordBytes = 1 << 20
	// maxRows is about twice the postcodes there ever were in the United Kingdom.
	maxRows = 6_000_000

	southmost, northmost = 49.0, 61.5
	westmost, eastmost   = -14.0, 3.0
)

var errRecordTooLong = errors.New("record too long")

// sheet reads a CSV file by column name and collects what is wrong with it, line by line. Byte order mark, CRLF and quotes are the
// reader's business; the meaning of a row is the importer's.
type sheet struct {
	csv     *csv.Reader
	meter   *meter
	columns map[string]int
	record  []string
	rows    int
	errors  []RowError
	stopped bool
}

// meter cuts the input off when one record takes too much of it. The few kilobytes csv.Reader reads ahead do not matter here.
type meter struct {
	r    io.Reader
	used int
}

func (m *meter) Read(p []byte) (int, error) {
	if m.used > maxRecordBytes {
		return 0, errRecordTooLong
	}
	n, err := m.r.Read(p)
	m.used += n
	return n, err
}

// openSheet reads the heading. A missing column is an error of the whole file: it is most likely another kind of file.
func openSheet(r io.Reader, required ...string) *sheet {
	buffered := bufio.NewReader(r)
	if bom, _ := buffered.Peek(3); bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		_, _ = buffered.Discard(3)
	}
	s := &sheet{meter: &meter{r: buffered}, columns: map[string]int{}}
	s.csv = csv.NewReader(s.meter)
	s.csv.ReuseRecord = true
	heading, err := s.csv.Read()
	if err != nil {
		s.stop("the file is empty or its first line is not CSV")
		return s
	}
	for i, name := range heading {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := s.columns[name]; twice && name != "" {
			s.stop("the heading names column " + strconv.Itoa(i+1) + " twice")
			return s
		}
		s.columns[name] = i
	}
	for _, name := range required {
		if _, ok := s.columns[name]; !ok {
			s.stop("the heading has no column " + name + "; check the file and the format")
			return s
		}
	}
	return s
}

// next moves to the next row that has the right number of fields; the others are errors.
func (s *sheet) next() bool {
	for !s.stopped {
		s.meter.used = 0
		record, err := s.csv.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return false
		case errors.Is(err, csv.ErrFieldCount):
			s.rows++
			s.fail("", "has not as many fields as the heading")
			continue
		case errors.As(err, &parse):
			s.errors = append(s.errors, RowError{Line: parse.StartLine, Problem: "has a quote out of place"})
			s.stopped = true
			return false
		case errors.Is(err, errRecordTooLong):
			s.stop("a line is longer than any line of a postcode directory, or a quote in it is never closed")
			return false
		case err != nil:
			s.stop("the file could not be read to its end")
			return false
		}
		s.rows++
		s.record = record
		if s.rows > maxRows {
			s.stop("the file has more rows than the country has postcodes")
			return false
		}
		return true
	}
	return false
}

// line is where the current row starts in the file.
func (s *sheet) line() int {
	line, _ := s.csv.FieldPos(0)
	return line
}

// fail records an error of the current row and stops the reading when there are enough of them.
func (s *sheet) fail(field, problem string) {
	s.errors = append(s.errors, RowError{Line: s.line(), Field: field, Problem: problem})
	if len(s.errors) >= maxRowErrors {
		s.stopped = true
	}
}

func (s *sheet) stop(problem string) {
	s.errors = append(s.errors, RowError{Problem: problem})
	s.stopped = true
}

func (s *sheet) err() error {
	if len(s.errors) == 0 {
		return nil
	}
	return &ImportError{Rows: s.errors, More: s.stopped && len(s.errors) >= maxRowErrors}
}

func (s *sheet) has(column string) bool {
	_, ok := s.columns[column]
	return ok
}

// text is the trimmed field of the current row, empty where the file has no such column.
func (s *sheet) text(column string) string {
	i, ok := s.columns[column]
	if !ok {
		return ""
	}
	return strings.TrimSpace(s.record[i])
}

// number reads a field between two bounds, both allowed. Not-a-number and infinity are outside any bounds.
func (s *sheet) number(column string, least, most float64) (float64, bool) {
	n, err := strconv.ParseFloat(s.text(column), 64)
	if err != nil {
		s.fail(column, "is not a number")
		return 0, false
	}
	if !(n >= least && n <= most) {
		s.fail(column, "must be from "+plain(least)+" to "+plain(most))
		return 0, false
	}
	return n, true
}

// point reads a position in the United Kingdom: swapped or shifted columns must not move a refuge to the sea.
func (s *sheet) point(lat, lon string) (float64, float64, bool) {
	north, ok := s.number(lat, southmost, northmost)
	if !ok {
		return 0, 0, false
	}
	east, ok := s.number(lon, westmost, eastmost)
	return north, east, ok
}

func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

package web

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"

	"haven/exchange/board/redisserver"
	"haven/schema"
	"haven/schema/ledger/ledgertest"
)

// The peers answer benchNeed over the same stock as one would without an engine: the ids of the twenty best, and no reasons.

const sqlStock = `
	CREATE TABLE stock (id int PRIMARY KEY, tags text[] NOT NULL, lat float8, lon float8, radius float8, fresh bool);
	CREATE FUNCTION km(a float8, b float8, c float8, d float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
	$$ SELECT 2 * 6371.0088 * asin(least(1, sqrt(sin(radians(c - a) / 2) ^ 2 + cos(radians(a)) * cos(radians(c)) * sin(radians(d - b) / 2) ^ 2))) $$`

const sqlMatch = `
	SELECT id FROM stock
	WHERE tags @> $1 AND km(lat, lon, $2, $3) + radius > $4 AND km(lat, lon, $5, $6) + radius > $7
	ORDER BY fresh DESC, km(lat, lon, $8, $9), id LIMIT 20`

// newSQLPeer is a table with its tags in a GIN index, and the great-circle distance worked out for what they leave.
func newSQLPeer(b *testing.B, s *searched) func(int) error {
	db, err := sql.Open("postgres", ledgertest.OwnerDSN(b)+" jit=off")
	must(b, err)
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(atOnce)
	db.SetMaxIdleConns(atOnce)
	_, err = db.Exec(sqlStock)
	must(b, err)
	ids, tags, now := make([]int, len(s.places)), make([]string, len(s.places)), time.Now()
	lat, lon, radius, fresh := make([]float64, len(ids)), make([]float64, len(ids)), make([]float64, len(ids)), make([]bool, len(ids))
	for i := range s.places {
		p := &s.places[i]
		ids[i], tags[i] = i, "{"+strings.Join(benchTags(p, now), ",")+"}"
		lat[i], lon[i], radius[i], fresh[i] = p.Service.Area.Lat, p.Service.Area.Lon, p.Service.Area.RadiusKm, p.Vacancy.Freshness(now) != schema.Unconfirmed
	}
	_, err = db.Exec(`INSERT INTO stock SELECT i, t::text[], a, o, r, f FROM unnest($1::int[], $2::text[], $3::float8[], $4::float8[], $5::float8[], $6::bool[]) AS u(i, t, a, o, r, f)`,
		pq.Array(ids), pq.Array(tags), pq.Array(lat), pq.Array(lon), pq.Array(radius), pq.Array(fresh))
	must(b, err)
	for _, settle := range []string{`CREATE INDEX ON stock USING gin (tags)`, `VACUUM ANALYZE stock`} {
		_, err = db.Exec(settle)
		must(b, err)
	}
	match, err := db.Prepare(sqlMatch)
	must(b, err)
	args := []any{pq.Array(allTags)}
	for _, a := range s.need.Avoid {
		args = append(args, a.Area.Lat, a.Area.Lon, a.Area.RadiusKm+a.MarginKm())
	}
	args = append(args, s.need.NowIn.Lat, s.need.NowIn.Lon)
	return func(int) error {
		rows, err := match.Query(args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		n := 0
		for ; rows.Next(); n++ {
			var id int
			if err := rows.Scan(&id); err != nil {
				return err
			}
		}
		if n != 20 {
			return fmt.Errorf("the table answers %d places: %v", n, rows.Err())
		}
		return rows.Err()
	}
}

// newRedisPeer is a set for each tag and one geographic key: what she can reach, less both areas, meets the tags, nearest first.
// A place is its middle there, so what surely lies in an area is not told from what touches it.
func newRedisPeer(b *testing.B, s *searched) func(int) error {
	server, err := redisserver.Start(b.Context(), redisserver.Config{Kind: redisserver.Real})
	must(b, err)
	b.Cleanup(func() { server.Close(context.Background()) })
	address, err := url.Parse(server.URL())
	must(b, err)
	var askers [atOnce]*redisConn
	for i := range askers {
		conn, err := net.Dial("unix", address.Path)
		must(b, err)
		b.Cleanup(func() { conn.Close() })
		askers[i] = &redisConn{conn, bufio.NewReader(conn)}
	}
	now := time.Now()
	for i := range s.places {
		p := &s.places[i]
		fill := [][]string{{"GEOADD", "at", degrees(p.Service.Area.Lon), degrees(p.Service.Area.Lat), strconv.Itoa(i)}}
		for _, tag := range benchTags(p, now) {
			fill = append(fill, []string{"SADD", tag, strconv.Itoa(i)})
		}
		_, err := askers[0].pipeline(fill)
		must(b, err)
	}
	around := func(to string, a schema.Area, km float64) []string {
		return []string{"GEOSEARCHSTORE", to, "at", "FROMLONLAT", degrees(a.Lon), degrees(a.Lat), "BYRADIUS", degrees(km), "km", "STOREDIST"}
	}
	return func(asker int) error {
		key := func(name string) string { return name + strconv.Itoa(asker) }
		commands := [][]string{around(key("reach"), *s.need.NowIn, 1000)}
		less := []string{"ZDIFFSTORE", key("left"), "3", key("met")}
		for i, a := range s.need.Avoid {
			commands = append(commands, around(key("avoid"+strconv.Itoa(i)), a.Area, a.Area.RadiusKm+a.MarginKm()))
			less = append(less, key("avoid"+strconv.Itoa(i)))
		}
		meet := append([]string{"ZINTERSTORE", key("met"), strconv.Itoa(1 + len(allTags)), key("reach")}, allTags...)
		meet = append(meet, "WEIGHTS", "1")
		for range allTags {
			meet = append(meet, "0")
		}
		replies, err := askers[asker].pipeline(append(commands, meet, less, []string{"ZRANGE", key("left"), "0", "19"}))
		if err == nil && replies[len(replies)-1] != "*20" {
			err = fmt.Errorf("Redis answers %v", replies)
		}
		return err
	}
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', 6, 64) }

// redisConn speaks Redis's protocol, since its library has another home.
type redisConn struct {
	net.Conn
	answers *bufio.Reader
}

// pipeline sends commands at once and gives the first line of each answer.
func (c *redisConn) pipeline(commands [][]string) ([]string, error) {
	var out strings.Builder
	for _, command := range commands {
		fmt.Fprintf(&out, "*%d\r\n", len(command))
		for _, word := range command {
			fmt.Fprintf(&out, "$%d\r\n%s\r\n", len(word), word)
		}
	}
	if _, err := c.Write([]byte(out.String())); err != nil {
		return nil, err
	}
	replies := make([]string, len(commands))
	for i := range replies {
		first, err := c.line()
		if err != nil {
			return nil, err
		}
		replies[i] = first
		if n, ok := strings.CutPrefix(first, "*"); ok {
			for items, _ := strconv.Atoi(n); items > 0; items-- { // each is its length and itself
				if _, err := c.line(); err != nil {
					return nil, err
				}
				if _, err := c.line(); err != nil {
					return nil, err
				}
			}
		}
	}
	return replies, nil
}

func (c *redisConn) line() (string, error) {
	line, err := c.answers.ReadString('\n')
	line = strings.TrimSuffix(line, "\r\n")
	if err == nil && strings.HasPrefix(line, "-") {
		err = fmt.Errorf("Redis: %s", line[1:])
	}
	return line, err
}

package web

import (
	"bufio"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics count answers by route pattern, never by address: an address can name a request.
type metrics struct {
	answers *prometheus.CounterVec
	seconds *prometheus.HistogramVec
}

func newMetrics(to prometheus.Registerer, watching func() int) (*metrics, error) {
	m := &metrics{
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "haven_http_answers_total", Help: "Answers by route and status."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "haven_http_seconds", Help: "Time to answer by route.", Buckets: []float64{.005, .01, .025, .05, .1, .3, 1, 3, 10},
		}, []string{"route"}),
	}
	browsers := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "haven_browsers", Help: "Browsers with a live list."}, func() float64 { return float64(watching()) })
	for _, c := range []prometheus.Collector{m.answers, m.seconds, browsers} {
		if err := to.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *metrics) count(route string, status int, began, ended time.Time) {
	m.answers.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(ended.Sub(began).Seconds())
}

// answered remembers the status on its way out. The library of WebSockets asks for Hijack itself, so it is passed on by name.
type answered struct {
	http.ResponseWriter
	status int
}

func (a *answered) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answered) Write(body []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(body)
}

func (a *answered) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	a.status = http.StatusSwitchingProtocols
	return http.NewResponseController(a.ResponseWriter).Hijack()
}

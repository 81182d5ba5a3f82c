package simulate

import "math"

// Interval is a mean over seeds and where it would lie 19 times in 20 with other seeds (Student's t).
type Interval struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// student has the 97.5% points of Student's t for 1, 2, 3 … degrees of freedom.
var student = [...]float64{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086}

// intervalOf values; of a single one it is the value alone.
func intervalOf(values []float64) Interval {
	n := float64(len(values))
	if n == 0 {
		return Interval{}
	}
	mean, square := 0.0, 0.0
	for _, v := range values {
		mean += v / n
	}
	for _, v := range values {
		square += (v - mean) * (v - mean)
	}
	if n == 1 {
		return Interval{mean, mean, mean}
	}
	t := 1.96
	if i := len(values) - 2; i < len(student) {
		t = student[i]
	}
	half := t * math.Sqrt(square/(n-1)/n)
	return Interval{mean, mean - half, mean + half}
}

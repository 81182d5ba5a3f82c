package board

import (
	"fmt"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
)

func TestOpenTakesEveryKindOfAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"redis://127.0.0.1:6379/3":                               "*redis.Client",
		"rediss://haven:word@redis.example:6380":                 "*redis.Client",
		"unix:///run/redis/redis.sock":                           "*redis.Client",
		"redis://127.0.0.1:26379?master_name=haven&addr=b:26379": "*redis.Client",
		"redis://127.0.0.1:6379?addr=127.0.0.1:6380&addr=c:6381": "*redis.ClusterClient",
	} {
		client, err := Open(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		defer client.Close()
		if got := fmt.Sprintf("%T", client); got != want {
			t.Errorf("%s opened a %s, want %s", address, got, want)
		}
		if single, ok := client.(*redis.Client); ok && !single.Options().ContextTimeoutEnabled {
			t.Errorf("%s: a deadline would be ignored", address)
		}
	}
}

func TestARefusedAddressIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "swordfish", "redis:swordfish@host", "http://u:swordfish@host", "redis://:swordfish/1@host", "redis://u:1/swordfish@host:6379",
		"redis://u:p@host/swordfish", "redis://:swordfish", "unix://", "redis://host?swordfish=1", "redis://u:sword%fish@host", "redis://?password=swordfish",
		"redis://host?master_name=m&swordfish=1", "redis://host?addr=b:1&swordfish=1",
	} {
		client, err := Open(address)
		if err == nil {
			client.Close()
			t.Errorf("%q was taken", address)
			continue
		}
		if strings.Contains(err.Error(), "fish") {
			t.Errorf("the error repeats the password: %v", err)
		}
	}
}

package dev.polyphony.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class TopicRetentionTest {

    @Test
    void shortest_isThatOfTheTopicThatLosesFirst_andInfiniteWhereNoneDoes() {
        assertThat(TopicRetention.shortest(List.of(retention("-1"), retention("86400000"), retention("90000000"))))
                .isEqualTo(86400);
        assertThat(TopicRetention.shortest(List.of(retention("-1"), retention("-1"))))
                .isInfinite();
        assertThat(TopicRetention.shortest(List.of(new Config(List.of())))).isInfinite();
    }

    private static Config retention(String millis) {
        return new Config(List.of(new ConfigEntry("retention.ms", millis)));
    }
}

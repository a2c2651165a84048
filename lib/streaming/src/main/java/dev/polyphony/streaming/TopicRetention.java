package dev.polyphony.streaming;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/** How long the broker keeps what a student reads. */
public final class TopicRetention {

    private static final long NEVER = -1;

    private TopicRetention() {}

    /**
     * Seconds after which records of minibatches or logits may be deleted because of their age: infinite if never, not a
     * number if the user of this connection may not know.
     */
    public static double seconds(Admin admin, StreamTopics topics) {
        List<ConfigResource> asked = List.of(topic(topics.minibatches()), topic(topics.logits()));
        try {
            Map<ConfigResource, Config> configs =
                    Answer.of(admin.describeConfigs(asked).all());
            return shortest(configs.values());
        } catch (AuthorizationException mayNotKnow) {
            return Double.NaN;
        }
    }

    static double shortest(Collection<Config> configs) {
        double shortest = Double.POSITIVE_INFINITY;
        for (Config config : configs) {
            ConfigEntry entry = config.get(TopicConfig.RETENTION_MS_CONFIG);
            long millis = entry == null ? NEVER : Long.parseLong(entry.value());
            if (millis != NEVER) {
                shortest = Math.min(shortest, millis * 1e-3);
            }
        }
        return shortest;
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }
}

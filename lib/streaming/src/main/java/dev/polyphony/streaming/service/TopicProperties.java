package dev.polyphony.streaming.service;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How topics are created that are not there yet. Topics that exist stay as they are.
 *
 * @param partitions of each topic of a stream: the most replicas of a service that can work at once
 * @param replicationFactor copies of each record
 */
@Validated
@ConfigurationProperties("polyphony.topics")
public record TopicProperties(
        @DefaultValue("4") @Min(value = 1, message = "polyphony.topics.partitions must be at least 1") int partitions,
        @DefaultValue("1") @Min(value = 1, message = "polyphony.topics.replication-factor must be at least 1")
                short replicationFactor) {}

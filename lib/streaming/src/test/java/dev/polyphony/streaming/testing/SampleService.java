package dev.polyphony.streaming.testing;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.service.Heartbeat;
import dev.polyphony.streaming.service.ServiceMain;
import dev.polyphony.streaming.service.Work;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A process as every service is one, whose work is to connect with each kind of client and to say where from. */
@SpringBootApplication
class SampleService {

    /** What it prints when all its clients have had their answers. */
    static final String CONNECTED = "connected with every client";

    /** Starts the service. */
    public static void main(String[] arguments) {
        ServiceMain.run(SampleService.class, "teacher-service", arguments);
    }

    @Bean
    ImportedEnsembles imported() {
        return ImportedEnsembles.NONE;
    }

    @Bean
    Work work(
            Experiment experiment,
            KafkaClients clients,
            StreamTopics topics,
            RecordLimits limits,
            Heartbeat heartbeat) {
        return new Work() {
            @Override
            public String role() {
                return "teach";
            }

            @Override
            public void run() {
                StreamProgress.of(clients, topics.logits(), limits);
                try (Producer<byte[], byte[]> producer =
                        clients.producer("sample", limits, topics.transactionalId("teacher", "0"))) {
                    producer.initTransactions();
                }
                System.out.println(new Provenance(
                                experiment.recipe(),
                                experiment.identities(),
                                experiment.dataset().checksums(),
                                Provenance.Versions.of("none", "none"),
                                1,
                                "any")
                        .toJson());
                System.out.println(CONNECTED);
                heartbeat.ready();
            }

            @Override
            public void stop() {
                // Nothing to stop.
            }
        };
    }
}

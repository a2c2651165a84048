package dev.polyphony.streaming.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class OutputTransactionsTest {

    private static final TopicPartition INPUT = new TopicPartition("in", 0);
    private static final List<ProducerRecord<byte[], byte[]>> RECORDS =
            List.of(new ProducerRecord<>("out", 0, new byte[] {1}, new byte[] {2}));

    private static final ConsumerGroupMetadata GROUP = new MockConsumer<byte[], byte[]>("none").groupMetadata();

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final OutputTransactions transactions = new OutputTransactions(producer);

    OutputTransactionsTest() {
        producer.initTransactions();
    }

    private boolean write() {
        return transactions.write(RECORDS, Map.of(INPUT, new OffsetAndMetadata(5)), GROUP);
    }

    @Test
    void write_commitsRecordsAndOffsetsTogether() {
        assertThat(write()).isTrue();
        assertThat(producer.history()).isEqualTo(RECORDS);
        assertThat(producer.consumerGroupOffsetsHistory())
                .containsExactly(Map.of(GROUP.groupId(), Map.of(INPUT, new OffsetAndMetadata(5))));
    }

    @Test
    void rebalanceDuringTheStep_abortsAndLeavesNothing() {
        producer.sendOffsetsToTransactionException = new CommitFailedException();
        assertThat(write()).isFalse();
        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.history()).isEmpty();
        producer.sendOffsetsToTransactionException = null;
        assertThat(write()).isTrue();
    }

    @Test
    void fencedProducer_ends() {
        producer.commitTransactionException = new ProducerFencedException("a successor is there");
        assertThatThrownBy(this::write).isInstanceOf(ProducerFencedException.class);
        assertThat(producer.transactionAborted()).isFalse();
    }

    @Test
    void recordThatIsTooLarge_endsInsteadOfRepeating() {
        producer.commitTransactionException = new KafkaException("in error state", new RecordTooLargeException("9 MB"));
        assertThatThrownBy(this::write).hasRootCauseInstanceOf(RecordTooLargeException.class);
    }
}

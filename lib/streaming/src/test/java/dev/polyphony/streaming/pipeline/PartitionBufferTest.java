package dev.polyphony.streaming.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import dev.polyphony.streaming.pipeline.PartitionBuffer.Kind;
import dev.polyphony.streaming.pipeline.PartitionBuffer.Unit;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PartitionBufferTest {

    private final PartitionBuffer<TeacherLogits> buffer = new PartitionBuffer<>(RecordType.LOGITS, "s", -1);
    private long offset;

    private void add(String stream, long step, int part, int parts) {
        addBytes(bytes(stream, step, part, parts));
    }

    private static byte[] bytes(String stream, long step, int part, int parts) {
        Tensor logits = Tensor.ofFloats(new float[] {(float) step, part}, 1, 1, 2);
        return new TeacherLogits(stream, step, part, parts, "e", logits).encode();
    }

    private void addBytes(byte[] value) {
        buffer.add(new ConsumerRecord<>("t", 0, offset++, new byte[0], value));
    }

    /** Each unit as its step, or "dead" with the number of records. */
    private List<String> units() {
        return units(buffer);
    }

    private static List<String> units(PartitionBuffer<TeacherLogits> buffer) {
        List<String> units = new ArrayList<>();
        for (Unit<TeacherLogits> unit = buffer.head(); unit != null; unit = buffer.head()) {
            TeacherLogits step = unit.step();
            String other = unit.kind() == Kind.DEAD_LETTER ? "dead " : "duplicate ";
            units.add(step == null ? other + unit.records().size() : "step " + step.step() + " of " + step.samples());
            buffer.removeHead();
        }
        return units;
    }

    @Test
    void parts_becomeOneStep() {
        add("s", 0, 0, 2);
        assertThat(buffer.size()).isZero();
        add("s", 0, 1, 2);
        add("s", 1, 0, 1);
        assertThat(buffer.head()).isNotNull().extracting(Unit::nextOffset).isEqualTo(2L);
        assertThat(units()).containsExactly("step 0 of 2", "step 1 of 1");
    }

    @Test
    void unreadablePart_takesItsStepWithIt() {
        add("s", 0, 0, 3);
        addBytes(new byte[] {1, 2, 3});
        add("s", 0, 2, 3);
        add("s", 1, 0, 1);
        assertThat(units()).containsExactly("dead 1", "dead 1", "dead 1", "step 1 of 1");
    }

    @Test
    void stepWithoutItsLastPart_isDeadWhenTheNextComes() {
        add("s", 0, 0, 2);
        add("s", 1, 0, 1);
        assertThat(units()).containsExactly("dead 1", "step 1 of 1");
    }

    @Test
    void recordOfAnotherStream_isDead() {
        add("other", 0, 0, 1);
        assertThat(buffer.head())
                .isNotNull()
                .extracting(Unit::reason, Unit::number)
                .containsExactly("a record of stream other in a topic of stream s", -1L);
    }

    @Test
    void stepThatTheOutputHolds_isADuplicate_unlessItWasWrittenAgain() {
        add("s", 4, 0, 1);
        add("s", 4, 0, 1);
        add("s", 3, 0, 1);
        add("s", 5, 0, 1);
        ConsumerRecord<byte[], byte[]> again = new ConsumerRecord<>("t", 0, offset++, new byte[0], bytes("s", 2, 0, 1));
        again.headers().add(DeadLetterTopic.REPUBLISHED, new byte[0]);
        buffer.add(again);
        assertThat(units()).containsExactly("step 4 of 1", "duplicate 1", "duplicate 1", "step 5 of 1", "step 2 of 1");
    }

    @Test
    void stepsUpToTheNewestOfTheOutput_areDuplicates() {
        PartitionBuffer<TeacherLogits> resumed = new PartitionBuffer<>(RecordType.LOGITS, "s", 4);
        for (long step = 3; step < 6; step++) {
            resumed.add(new ConsumerRecord<>("t", 0, step, new byte[0], bytes("s", step, 0, 1)));
        }
        assertThat(units(resumed)).containsExactly("duplicate 1", "duplicate 1", "step 5 of 1");
    }

    @Test
    void partition_mayBeOver_withItsLastStep_orWhereOneCouldNotBeRead() {
        assertThat(buffer.mayBeOver(-1)).isTrue();
        assertThat(buffer.mayBeOver(0)).isFalse();
        add("s", 3, 0, 1);
        assertThat(buffer.mayBeOver(3)).isTrue();
        assertThat(buffer.mayBeOver(7)).isFalse();
        addBytes(new byte[] {1});
        assertThat(buffer.mayBeOver(7)).isTrue();
    }
}

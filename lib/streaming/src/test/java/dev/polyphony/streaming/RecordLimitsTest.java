package dev.polyphony.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.StreamPart.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordLimitsTest {

    @Test
    void limits_ofCifar_followFromTheRecipe() {
        RecordLimits limits = RecordLimits.of(128, 3 * 32 * 32, Precision.FLOAT16, 4, 10);
        // 128 x (3072 pixels x (1 + 2) bytes + 8) + 1024
        assertThat(limits.recordBytes()).isEqualTo(1_181_696);
        assertThat(limits.messageBytes()).isGreaterThan(limits.recordBytes()).isLessThan(2 << 20);
        assertThat(limits.consumer()).containsEntry("max.poll.records", 6);
        assertThat(limits.producer()).containsEntry("max.request.size", limits.messageBytes());
    }

    @Test
    void limits_neverExceedOneLargestRecord() {
        RecordLimits limits = RecordLimits.of(512, 3 * 64 * 64, Precision.FLOAT32, 4, 200);
        assertThat(limits.recordBytes()).isEqualTo(RecordLimits.LARGEST_RECORD_BYTES);
    }

    @Test
    void limits_ofSmallRecords_areKafkasUsual() {
        assertThat(RecordLimits.of(8, 784, Precision.FLOAT16, 2, 10).messageBytes())
                .isEqualTo(1 << 20);
    }

    @Test
    void keys_areDecimalDigits() {
        assertThat(StreamTopics.key(391)).asString().isEqualTo("391");
        assertThat(StreamTopics.step(StreamTopics.key(391))).isEqualTo(391);
    }

    @Test
    void progress_namesTheFirstMissingStep() {
        StreamProgress progress = new StreamProgress("t", List.of(6L, 4L, -1L));
        assertThat(progress.nextStep()).isEqualTo(2);
        assertThat(new StreamProgress("t", List.of(6L, 7L, 5L)).complete(8)).isTrue();
        assertThat(new StreamProgress("t", List.of(6L, 4L, 5L)).complete(8)).isFalse();
        assertThat(new StreamProgress("t", List.of()).nextStep()).isZero();
    }
}

package dev.polyphony.student;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the trainer works. Nothing here changes a result, save that on a GPU without {@code deterministic} no two runs
 * need be equal.
 *
 * @param checkpointEverySteps a checkpoint is written after this many steps, and after every epoch; more often costs
 *     time, less often costs more work after a crash
 * @param keepCheckpoints how many checkpoints are kept beside those that are evaluated
 * @param deterministic on a GPU, ask the engine for kernels that give the same bits each time; on a processor all do
 */
@Validated
@ConfigurationProperties("polyphony.student")
public record StudentProperties(
        @DefaultValue("100") @Min(value = 1, message = "polyphony.student.checkpoint-every-steps must be at least 1")
        int checkpointEverySteps,

        @DefaultValue("3") @Min(value = 2, message = "polyphony.student.keep-checkpoints must be at least 2")
        int keepCheckpoints,

        @DefaultValue("true") boolean deterministic) {}

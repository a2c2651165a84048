package dev.polyphony.perturb;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this process shares the machine and the log with the others. Nothing here changes a result.
 *
 * @param leadSteps how many steps the recording may be ahead of the slowest attached student
 * @param deterministic whether a GPU is asked for kernels that give the same bits each time
 */
@Validated
@ConfigurationProperties("polyphony.perturb")
public record PerturbProperties(
        @DefaultValue("64") @Min(value = 1, message = "polyphony.perturb.lead-steps must be at least 1")
        int leadSteps,

        @DefaultValue("true") boolean deterministic) {}

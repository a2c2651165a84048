package dev.polyphony.evaluator;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What this process does for a run.
 *
 * @param mode {@code evaluate}: score its checkpoints as they are announced; {@code analyse}: measure what the paper's
 *     figures show of it when it is finished, and end
 * @param ensembleOptional whether a student is scored alone when its ensemble is not in the model store; otherwise that
 *     is an error
 */
@Validated
@ConfigurationProperties("polyphony")
public record EvaluatorProperties(
        @DefaultValue("evaluate")
        @Pattern(regexp = "evaluate|analyse", message = "polyphony.mode must be evaluate or analyse")
        String mode,

        @DefaultValue("false") boolean ensembleOptional) {}

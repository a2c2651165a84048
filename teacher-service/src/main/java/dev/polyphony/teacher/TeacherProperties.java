package dev.polyphony.teacher;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What this process does for the ensemble.
 *
 * @param role train one member and end, or serve the whole ensemble's logits
 * @param member which member to train, 0-based; of no meaning to a serving process
 * @param deterministic on a GPU, ask the engine for kernels that give the same bits each time, so that training resumes
 *     exactly; on a processor all do
 */
@Validated
@ConfigurationProperties("polyphony.teacher")
public record TeacherProperties(
        @NotNull(message = "must be train or serve") @DefaultValue("serve")
        Role role,

        @DefaultValue("0") @Min(value = 0, message = "must be the 0-based number of a member")
        int member,

        @DefaultValue("true") boolean deterministic) {

    /** The two roles. */
    public enum Role {
        TRAIN,
        SERVE
    }
}

package dev.polyphony.streaming.reader;

import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.TeacherLogits;
import java.util.List;

/**
 * One step, ready to be learned from.
 *
 * @param minibatch whole, B images
 * @param logits whole, [M, B, K]
 * @param hashes SHA-256 of the values of all records it came in, for {@link Consumed#then}
 */
public record Taught(Minibatch minibatch, TeacherLogits logits, List<String> hashes) {

    public Taught {
        hashes = List.copyOf(hashes);
        if (minibatch.step() != logits.step() || minibatch.samples() != logits.samples()) {
            throw new IllegalArgumentException("minibatch of step " + minibatch.step() + " with " + minibatch.samples()
                    + " images, logits of step " + logits.step() + " for " + logits.samples());
        }
    }

    public long step() {
        return minibatch.step();
    }
}

package dev.polyphony.streaming.reader;

import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.TeacherLogits;

/**
 * One step, ready to be learned from.
 *
 * @param minibatch whole, B images
 * @param logits whole, [M, B, K]
 */
public record Taught(Minibatch minibatch, TeacherLogits logits) {

    public Taught {
        if (minibatch.step() != logits.step() || minibatch.samples() != logits.samples()) {
            throw new IllegalArgumentException("minibatch of step " + minibatch.step() + " with " + minibatch.samples()
                    + " images, logits of step " + logits.step() + " for " + logits.samples());
        }
    }

    public long step() {
        return minibatch.step();
    }
}

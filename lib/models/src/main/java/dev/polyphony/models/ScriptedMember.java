package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.engine.ScriptedModule;

/**
 * A TorchScript module as a member.
 *
 * @param module takes float32 [B, C, H, W] and gives float32 [B, K]; closed with this member
 * @param input of the data set; its mean and standard deviation count where the module wants normalised images
 * @param range what the module takes for an image
 */
public record ScriptedMember(ScriptedModule module, ImageInput input, InputRange range) implements Member {

    @Override
    public NDArray logits(NDArray images) {
        return Temporaries.closedBut(() -> module.apply(
                switch (range) {
                    case PIXELS -> images;
                    case NORMALISED -> Pixels.normalised(images, input);
                }));
    }

    @Override
    public void close() {
        module.close();
    }
}

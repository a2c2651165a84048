package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.polyphony.models.engine.Recording;
import java.util.List;

/**
 * Networks of one architecture that answer together. {@link #close()} frees all members' weights.
 *
 * @param network of each member
 * @param members their weights
 */
public record Ensemble(Network network, List<Weights> members) implements AutoCloseable {

    public Ensemble {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an ensemble has at least one member");
        }
    }

    /** Number of members, M. */
    public int size() {
        return members.size();
    }

    /** Weights of one member, which the ensemble goes on owning. */
    public Weights member(int index) {
        return members.get(index);
    }

    /**
     * Every member's logits in evaluation mode, not recorded for differentiation.
     *
     * @param images float32 [B, C, H, W], pixels in [0, 1]
     * @return float32 [M, B, K]; closed by the caller's scope
     */
    public NDArray logits(NDArray images) {
        return Recording.without(() -> Temporaries.closedBut(() -> {
            NDList all = new NDList(members.size());
            for (Weights weights : members) {
                all.add(network.logits(images, weights, false));
            }
            long rows = images.getShape().get(0);
            return NDArrays.concat(all, 0).reshape(-1, rows, network.input().classes());
        }));
    }

    @Override
    public void close() {
        members.forEach(Weights::close);
    }
}

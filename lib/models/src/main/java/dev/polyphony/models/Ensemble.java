package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.polyphony.models.engine.Recording;
import java.util.List;

/**
 * Classifiers that answer together; they need not have one architecture. {@link #close()} closes all members.
 *
 * @param members at least one, all of the same classes
 */
public record Ensemble(List<? extends Member> members) implements AutoCloseable {

    public Ensemble {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an ensemble has at least one member");
        }
        if (members.stream()
                        .mapToInt(member -> member.input().classes())
                        .distinct()
                        .count()
                > 1) {
            throw new IllegalArgumentException("the members of an ensemble have the same classes");
        }
    }

    /** Members of one architecture. */
    public static Ensemble of(Network network, List<Weights> weights) {
        return new Ensemble(
                weights.stream().map(own -> new NetworkMember(network, own)).toList());
    }

    /** Number of members, M. */
    public int size() {
        return members.size();
    }

    /** Number of classes, K. */
    public int classes() {
        return member(0).input().classes();
    }

    /** One member, which the ensemble goes on owning. */
    public Member member(int index) {
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
            for (Member member : members) {
                all.add(member.logits(images));
            }
            long rows = images.getShape().get(0);
            return NDArrays.concat(all, 0).reshape(-1, rows, classes());
        }));
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }
}

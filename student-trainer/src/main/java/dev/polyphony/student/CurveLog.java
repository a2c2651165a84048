package dev.polyphony.student;

import dev.polyphony.distillation.Losses;
import dev.polyphony.models.store.ModelStore;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The training curves of a run: one JSON line for every few steps, at most about 2,000 lines. Saved together with each
 * checkpoint and cut back to it on restart, so that the log of a disturbed run equals that of an undisturbed one.
 */
final class CurveLog {

    private static final int MOST_LINES = 2_000;

    private final ModelStore store;
    private final String address;
    private final long stride;
    private final TreeMap<Long, String> lines = new TreeMap<>();

    CurveLog(ModelStore store, String runId, long steps) {
        this.store = store;
        this.address = "runs/" + runId + "/curves.jsonl";
        this.stride = Math.max(1, steps / MOST_LINES);
    }

    /** Takes up the lines of the steps before {@code nextStep}; later ones will be written again. */
    void restore(long nextStep) {
        lines.clear();
        store.read(address).ifPresent(bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            long step = 0;
            for (String line : text.lines().toList()) {
                if (step < nextStep) {
                    lines.put(step, line);
                }
                step += stride;
            }
        });
    }

    void add(long step, int epoch, Losses losses, double learningRate) {
        if (step % stride == 0) {
            lines.put(
                    step,
                    String.format(
                            Locale.ROOT,
                            "{\"step\":%d,\"epoch\":%d,\"loss\":%.6g,\"crossEntropy\":%.6g,\"divergence\":%.6g,"
                                    + "\"gradientNorm\":%.6g,\"learningRate\":%.6g}",
                            step,
                            epoch,
                            losses.total(),
                            losses.crossEntropy(),
                            losses.divergence(),
                            losses.gradientNorm(),
                            learningRate));
        }
    }

    void save() {
        String text = String.join("\n", lines.values()) + "\n";
        store.put(address, text.getBytes(StandardCharsets.UTF_8));
    }
}

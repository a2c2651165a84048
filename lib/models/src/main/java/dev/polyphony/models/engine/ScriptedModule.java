package dev.polyphony.models.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.polyphony.models.format.InvalidModelFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A TorchScript module in evaluation mode, differentiable with respect to its input alone. Loading and applying it runs
 * the code in its file. Use {@link #apply} from as many threads as you like.
 *
 * <p>The api's own way leads into three traps: it loads parameters that no backward pass may touch; its inference
 * forbids recording; and training after inference switches a scripted module to training mode, where every pass spoils
 * its running statistics. So the module is loaded trainable and frozen by hand, put into evaluation mode once, and
 * called directly ever after.
 */
public final class ScriptedModule implements AutoCloseable {

    private static final String ERROR = "RuntimeError: ";
    private static final String[] NO_EXTRA_FILES = {};

    private final PtSymbolBlock block;
    private final String source;

    private ScriptedModule(PtSymbolBlock block, String source) {
        this.block = block;
        this.source = source;
    }

    /**
     * Loads a module onto the manager's device.
     *
     * @param manager owns the module until it is closed; call outside any scope
     * @param file a whole TorchScript archive; may be deleted afterwards
     * @param source names the file in messages
     * @throws InvalidModelFileException if the engine cannot load it
     */
    public static ScriptedModule load(NDManager manager, Path file, String source) {
        try {
            PtSymbolBlock block =
                    JniUtils.loadModule((PtNDManager) manager, file, true, NO_EXTRA_FILES, NO_EXTRA_FILES, true);
            JniUtils.enableInferenceMode(block);
            try (NDList parameters = JniUtils.moduleGetParams(block, (PtNDManager) manager)) {
                parameters.forEach(parameter -> parameter.setRequiresGradient(false));
            }
            return new ScriptedModule(block, source);
        } catch (EngineException e) {
            throw new InvalidModelFileException(source, "the engine cannot load it: " + reason(e));
        }
    }

    /**
     * What the module answers, recorded where the calling thread records.
     *
     * @param images as the module wants them
     * @return its answer; closed by the caller's scope
     * @throws InvalidModelFileException if it fails, or answers with anything but one tensor
     */
    public NDArray apply(NDArray images) {
        // The optimising interpreter watches the first calls and compiles later ones: other kernels, other last bits.
        JniUtils.setGraphExecutorOptimize(false);
        NDList answer;
        try {
            answer = IValueUtils.forward(block, new NDList(images), true);
        } catch (EngineException e) {
            throw new InvalidModelFileException(
                    source, "it fails on " + images.getDataType() + " images " + images.getShape() + ": " + reason(e));
        } catch (UnsupportedOperationException e) {
            throw new InvalidModelFileException(source, "it does not answer with a tensor");
        }
        if (answer.size() != 1) {
            throw new InvalidModelFileException(
                    source, "it answers with " + answer.size() + " tensors; a member answers with its logits alone");
        }
        return answer.singletonOrThrow();
    }

    /** What went wrong, in one line: the engine's messages hold whole stack traces. */
    public static String reason(EngineException failure) {
        List<String> lines =
                String.valueOf(failure.getMessage()).strip().lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith(ERROR))
                .map(line -> line.substring(ERROR.length()))
                .findFirst()
                .orElse(lines.get(0));
    }

    @Override
    public void close() {
        block.close();
    }
}

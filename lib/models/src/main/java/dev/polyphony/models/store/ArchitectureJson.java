package dev.polyphony.models.store;

import dev.polyphony.models.networks.Architecture;
import dev.polyphony.models.networks.Architecture.Family;
import tools.jackson.databind.node.ObjectNode;

/**
 * An architecture as a model file's metadata holds it. Files of the first version knew one family and did not name it:
 * a ResNet is written as they wrote it, so that files and checkpoints of the same network stay equal in every byte.
 */
final class ArchitectureJson {

    private static final String FAMILY = "family";
    private static final String WIDENING = "widening";

    private ArchitectureJson() {}

    static String write(Architecture architecture) {
        ObjectNode node = ModelFile.JSON.valueToTree(architecture);
        if (architecture.family() == Family.RESNET) {
            node.remove(FAMILY);
            node.remove(WIDENING);
        }
        return ModelFile.JSON.writeValueAsString(node);
    }

    /**
     * Reads it.
     *
     * @throws tools.jackson.core.JacksonException if a part is missing, unknown or malformed
     * @throws IllegalArgumentException if it is no object, or no such network exists
     */
    static Architecture read(String json) {
        if (!(ModelFile.JSON.readTree(json) instanceof ObjectNode node)) {
            throw new IllegalArgumentException("it is \"" + json + "\", expected a JSON object");
        }
        if (!node.has(FAMILY) && !node.has(WIDENING)) {
            node.put(FAMILY, Family.RESNET.name());
            node.put(WIDENING, 1);
        }
        return ModelFile.JSON.treeToValue(node, Architecture.class);
    }
}

package dev.polyphony.models.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON header of a safetensors file. */
final class SafeTensorsHeader {

    private static final String METADATA = "__metadata__";
    private static final Set<String> KEYS = Set.of("dtype", "shape", "data_offsets");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A tensor and where its data begin. */
    private record Placed(Tensor tensor, long begin, long end) {}

    private final String source;
    private final ByteBuffer data;

    private SafeTensorsHeader(String source, ByteBuffer data) {
        this.source = source;
        this.data = data;
    }

    static byte[] write(SafeTensors file) {
        ObjectNode header = JSON.createObjectNode();
        if (!file.metadata().isEmpty()) {
            ObjectNode metadata = header.putObject(METADATA);
            file.metadata().forEach(metadata::put);
        }
        Set<String> names = new HashSet<>(Set.of(METADATA));
        long offset = 0;
        for (Tensor tensor : file.tensors()) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("two tensors are called " + tensor.name());
            }
            ObjectNode entry = header.putObject(tensor.name());
            entry.put("dtype", tensor.type().name());
            tensor.shape().forEach(entry.putArray("shape")::add);
            long end = offset + tensor.data().remaining();
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        return JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    }

    static SafeTensors read(String header, ByteBuffer data, String source) {
        JsonNode root;
        try {
            root = JSON.readTree(header);
        } catch (JacksonException e) {
            throw new InvalidModelFileException(source, "its header is not JSON: " + e.getOriginalMessage());
        }
        if (!header.startsWith("{") || !root.isObject()) {
            throw new InvalidModelFileException(source, "its header is not a JSON object");
        }
        return new SafeTensorsHeader(source, data).read(root);
    }

    private SafeTensors read(JsonNode root) {
        SortedMap<String, String> metadata = new TreeMap<>();
        List<Placed> placed = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (entry.getKey().equals(METADATA)) {
                metadata.putAll(metadata(entry.getValue()));
            } else {
                placed.add(placed(entry.getKey(), entry.getValue()));
            }
        }
        placed.sort(Comparator.comparingLong(Placed::begin).thenComparingLong(Placed::end));
        long next = 0;
        for (Placed tensor : placed) {
            if (tensor.begin() != next) {
                throw problem(tensor.tensor().name() + " begins at " + tensor.begin() + ", the data before it end at "
                        + next);
            }
            next = tensor.end();
        }
        if (next != data.remaining()) {
            throw problem("it has " + data.remaining() + " bytes of data, its tensors take " + next);
        }
        return new SafeTensors(metadata, placed.stream().map(Placed::tensor).toList());
    }

    private Map<String, String> metadata(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        if (!node.isObject()) {
            throw problem(METADATA + " is not an object");
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isString()) {
                throw problem(METADATA + "." + entry.getKey() + " is not a text");
            }
            texts.put(entry.getKey(), entry.getValue().stringValue());
        }
        return texts;
    }

    private Placed placed(String name, JsonNode node) {
        if (!node.isObject() || !KEYS.equals(Set.copyOf(node.propertyNames()))) {
            throw problem(name + " needs exactly dtype, shape and data_offsets");
        }
        Tensor.Type type = type(name, node.path("dtype"));
        List<Long> shape = integers(name, "shape", node.path("shape"));
        List<Long> offsets = integers(name, "data_offsets", node.path("data_offsets"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw problem(name + " has data_offsets " + offsets + ", expected [begin, end]");
        }
        long begin = offsets.get(0);
        long end = offsets.get(1);
        if (end > data.remaining()) {
            throw problem("cut off: " + name + " ends at " + end + ", the data have " + data.remaining() + " bytes");
        }
        long expected = byteCount(name, type, shape);
        if (end - begin != expected) {
            throw problem(name + " of shape " + shape + " takes " + expected + " bytes, its data_offsets span "
                    + (end - begin));
        }
        return new Placed(new Tensor(name, type, shape, data.slice((int) begin, (int) (end - begin))), begin, end);
    }

    private Tensor.Type type(String name, JsonNode node) {
        return Arrays.stream(Tensor.Type.values())
                .filter(type -> node.isString() && type.name().equals(node.stringValue()))
                .findFirst()
                .orElseThrow(() -> problem(
                        name + " has dtype " + node + ", expected one of " + Arrays.toString(Tensor.Type.values())));
    }

    private List<Long> integers(String name, String key, JsonNode node) {
        List<Long> numbers = new ArrayList<>();
        boolean valid = node.isArray();
        for (JsonNode number : node) {
            valid = valid && number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0;
            numbers.add(valid ? number.longValue() : 0);
        }
        if (!valid) {
            throw problem(name + " has " + key + " " + node + ", expected whole numbers from 0");
        }
        return numbers;
    }

    private long byteCount(String name, Tensor.Type type, List<Long> shape) {
        try {
            return Tensor.byteCount(type, shape);
        } catch (ArithmeticException e) {
            throw problem(name + " has the impossible shape " + shape);
        }
    }

    private InvalidModelFileException problem(String text) {
        return new InvalidModelFileException(source, text);
    }
}

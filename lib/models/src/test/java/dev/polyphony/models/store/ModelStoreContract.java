package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises. */
abstract class ModelStoreContract {

    private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /** A store that holds nothing yet. */
    abstract ModelStore emptyStore();

    @Test
    void emptyStore_findsNothing() {
        ModelStore store = emptyStore();
        assertThat(store.find("runs/a/model.safetensors")).isEmpty();
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void put_thenFindAndGet() {
        ModelStore store = emptyStore();
        StoredFile expected = new StoredFile("runs/a/model.safetensors", SHA256_OF_ABC, 3);
        assertThat(store.put("runs/a/model.safetensors", CONTENT)).isEqualTo(expected);
        assertThat(store.find("runs/a/model.safetensors")).contains(expected);
        assertThat(store.get("runs/a/model.safetensors", SHA256_OF_ABC)).isEqualTo(CONTENT);
    }

    @Test
    void has_isOfThisAddressAlone() {
        ModelStore store = emptyStore();
        assertThat(store.has("runs/a/model.safetensors")).isFalse();
        store.put("runs/a/model.safetensors", CONTENT);
        assertThat(store.has("runs/a/model.safetensors")).isTrue();
        assertThat(store.has("runs/a/model")).isFalse();
        assertThat(store.has("runs/a")).isFalse();
        assertThat(store.has("runs/a/model.safetensors.copy")).isFalse();
    }

    @Test
    void put_replaces() {
        ModelStore store = emptyStore();
        store.put("a", new byte[9]);
        store.put("a", CONTENT);
        assertThat(store.get("a", SHA256_OF_ABC)).isEqualTo(CONTENT);
        assertThat(store.list("")).hasSize(1);
    }

    @Test
    void get_refusesOtherBytes() {
        ModelStore store = emptyStore();
        store.put("a", CONTENT);
        assertThatThrownBy(() -> store.get("a", "0".repeat(64)))
                .isInstanceOf(ModelStoreException.class)
                .hasMessageContaining(SHA256_OF_ABC);
    }

    @Test
    void get_ofNothing_saysWhat() {
        assertThatThrownBy(() -> emptyStore().get("runs/none", SHA256_OF_ABC))
                .isInstanceOf(ModelStoreException.class)
                .hasMessageContaining("runs/none is not in");
    }

    @Test
    void list_givesAddressesWithPrefixInOrder() {
        ModelStore store = emptyStore();
        for (String address : List.of("runs/b/x", "runs/a/y", "ensembles/c", "runs/a/x")) {
            store.put(address, CONTENT);
        }
        assertThat(store.list("runs/"))
                .extracting(StoredFile::address)
                .containsExactly("runs/a/x", "runs/a/y", "runs/b/x");
        assertThat(store.list("runs/a/y")).containsExactly(new StoredFile("runs/a/y", SHA256_OF_ABC, 3));
        assertThat(store.list("none")).isEmpty();
        assertThat(store.addresses("runs/")).containsExactly("runs/a/x", "runs/a/y", "runs/b/x");
        assertThat(store.addresses("none")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "..",
                ".",
                "../a",
                "a/..",
                "a/../b",
                "a/./b",
                "..\\a",
                "a\\..\\b",
                "C:/a",
                "C:\\a",
                "file:///etc/passwd",
                "%2e%2e/a",
                "a/%2e%2e/b",
                "..%2fa",
                "a%00",
                "a\0",
                "a\0.safetensors",
                "a\n",
                "~/a",
                "$HOME/a",
                "\uff0e\uff0e/a",
                "a//b",
                "a/",
                ".hidden",
                "a/.b",
                "a\\b",
                "a b",
                "a.sha256",
                "é"
            })
    void addresses_thatLeadAstray_areRefused(String address) {
        ModelStore store = emptyStore();
        assertThatThrownBy(() -> store.put(address, CONTENT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.find(address)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.get(address, SHA256_OF_ABC)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.delete(address)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void concurrentPuts_ofTheSameFile_areHarmless() throws Exception {
        ModelStore store = emptyStore();
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> puts = IntStream.range(0, 24)
                    .<Future<?>>mapToObj(i -> writers.submit(() -> {
                        store.put("runs/a/model", CONTENT);
                        assertThat(store.get("runs/a/model", SHA256_OF_ABC)).isEqualTo(CONTENT);
                        assertThat(store.list("")).hasSize(1);
                    }))
                    .toList();
            for (Future<?> put : puts) {
                put.get();
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(store.list("")).containsExactly(new StoredFile("runs/a/model", SHA256_OF_ABC, 3));
    }
}

package dev.polyphony.wire;

import dev.polyphony.wire.protobuf.TensorMessage;

/** Number formats of tensors on the wire. */
public enum DataType {
    UINT8(1, TensorMessage.DataType.UINT8),
    INT32(4, TensorMessage.DataType.INT32),
    /** IEEE 754 binary16. */
    FLOAT16(2, TensorMessage.DataType.FLOAT16),
    FLOAT32(4, TensorMessage.DataType.FLOAT32);

    private final int bytes;
    private final TensorMessage.DataType message;

    DataType(int bytes, TensorMessage.DataType message) {
        this.bytes = bytes;
        this.message = message;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    TensorMessage.DataType message() {
        return message;
    }

    static DataType of(TensorMessage.DataType message) {
        for (DataType type : values()) {
            if (type.message == message) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown data type " + message);
    }
}

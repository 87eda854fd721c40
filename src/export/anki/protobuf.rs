//! Protocol Buffers' wire format, as much of it as Anki's records need
//! (<https://protobuf.dev/programming-guides/encoding/>).

/// Appends a number. Zero is not written: it is what a missing number means.
pub fn number(record: &mut Vec<u8>, field: u64, value: u64) {
    if value != 0 {
        varint(record, field << 3);
        varint(record, value);
    }
}

/// Appends text or a record within the record. Empty ones are not written.
pub fn bytes(record: &mut Vec<u8>, field: u64, value: &[u8]) {
    if !value.is_empty() {
        varint(record, field << 3 | 2);
        varint(record, value.len() as u64);
        record.extend_from_slice(value);
    }
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn varint(record: &mut Vec<u8>, mut value: u64) {
    loop {
        let [seven, ..] = (value & 0x7f).to_le_bytes();
        value >>= 7;
        if value == 0 {
            return record.push(seven);
        }
        record.push(seven | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_written_as_the_format_describes_it() {
        let mut record = Vec::new();
        number(&mut record, 1, 150);
        bytes(&mut record, 2, b"testing");
        number(&mut record, 3, 0);
        assert_eq!(record, b"\x08\x96\x01\x12\x07testing");
    }
}
